using Cluster.Asl.Expressions;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

/// <summary>Calls an intrinsic function with nothing around it.</summary>
internal static class Call
{
    /// <summary>The JSON text of the result.</summary>
    public static string Value(string expression, string input = "{}", ulong seed = 1) => Of(expression, JsonValue.Parse(input), seed).ToString();

    public static JsonValue Of(string expression, JsonValue input, ulong seed = 1)
    {
        Assert.True(Compile(expression).TryEvaluate(new EvaluationScope(input, Documents.Context, seed), out var value, out var failure), failure?.Detail);
        Assert.Null(failure);
        return value;
    }

    /// <summary>What is behind the words that name the call, of a failure that a catcher may take.</summary>
    public static string Failure(string expression, string input = "{}") => Failure(expression, JsonValue.Parse(input), "States.IntrinsicFailure");

    /// <summary>What is behind the words that name the call, of a failure that nobody takes.</summary>
    public static string RuntimeFailure(string expression, string input = "{}") => Failure(expression, JsonValue.Parse(input), "States.Runtime");

    public static string Failure(string expression, JsonValue input, string error)
    {
        Assert.False(Compile(expression).TryEvaluate(new EvaluationScope(input, Documents.Context), out var value, out var failure), value?.ToString());
        Assert.Null(value);
        Assert.Equal(error, failure.Error);
        var words = $"The function '{expression}' had the following error: ";
        Assert.StartsWith(words, failure.Detail, StringComparison.Ordinal);
        return failure.Detail[words.Length..];
    }

    private static IntrinsicCall Compile(string expression)
    {
        Assert.True(IntrinsicCall.TryParse(expression, out var call, out var variable), expression);
        Assert.Null(variable);
        Assert.Equal(expression, call.Text);
        return call;
    }
}
