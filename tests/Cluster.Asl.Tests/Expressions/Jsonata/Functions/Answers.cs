using Cluster.Asl.Expressions.Jsonata;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Functions;

/// <summary>What expressions without a document give, as text.</summary>
internal static class Answers
{
    /// <summary>Saturday, 29 February 2020, 15:04:05.006.</summary>
    public const long Now = 1582988645006;

    /// <summary>The JSON of the result, <c>undefined</c>, or the code of the error.</summary>
    public static string To(string expression, JsonataDialect dialect = JsonataDialect.Reference, ulong seed = 1)
    {
        var result = Result(expression, dialect, seed);
        return result.Outcome switch
        {
            JsonataOutcome.Value => result.Value!.ToString(),
            JsonataOutcome.Undefined => "undefined",
            JsonataOutcome.Error => result.Error!.Code ?? result.Error.Message,
            _ => "a function",
        };
    }

    /// <summary>The code and the sentence of the error.</summary>
    public static string Refusal(string expression, JsonataDialect dialect = JsonataDialect.Reference)
    {
        var result = Result(expression, dialect, seed: 1);
        Assert.Equal(JsonataOutcome.Error, result.Outcome);
        return result.Error!.ToString();
    }

    private static JsonataResult Result(string expression, JsonataDialect dialect, ulong seed)
    {
        Assert.True(JsonataExpression.TryCompile(expression, dialect, out var compiled, out var error), error?.ToString());
        return compiled.Evaluate(new JsonataScope(null, null, JsonataLimits.StepFunctions, Now, seed));
    }
}
