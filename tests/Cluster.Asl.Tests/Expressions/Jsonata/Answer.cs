using System.Globalization;
using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;

namespace Cluster.Asl.Tests.Expressions.Jsonata;

/// <summary>What expressions give, as text.</summary>
internal static class Answer
{
    /// <summary>The JSON of the result, <c>undefined</c>, <c>a function</c>, or the code of the error.</summary>
    public static string Of(string expression, JsonValue? document = null, JsonataDialect dialect = JsonataDialect.Reference)
    {
        var result = Result(expression, document, dialect);
        return result.Outcome switch
        {
            JsonataOutcome.Value => result.Value!.ToString(),
            JsonataOutcome.Undefined => "undefined",
            JsonataOutcome.Error => result.Error!.Code ?? result.Error.Message,
            _ => "a function",
        };
    }

    /// <summary>The code, the place and the sentence of the error.</summary>
    public static string Refusal(string expression)
    {
        var error = Result(expression, document: null, JsonataDialect.Reference).Error;
        return error is null ? "no error" : $"{error.Code} at {error.Position?.ToString(CultureInfo.InvariantCulture) ?? "undefined"}: {error.Message}";
    }

    public static JsonataResult Result(
        string expression, JsonValue? document, JsonataDialect dialect, IJsonataBindings? bindings = null, ulong seed = 1) =>
        JsonataExpression.TryCompile(expression, dialect, out var compiled, out var error)
            ? compiled.Evaluate(new JsonataScope(document, bindings, JsonataLimits.StepFunctions, Now: 0, seed))
            : new JsonataResult(JsonataOutcome.Error, Value: null, error);
}
