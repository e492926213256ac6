using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>Evaluates a case and holds what comes of it against what the case expects.</summary>
internal static class SuiteJudge
{
    /// <summary>No case may take longer, whatever it says itself.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Judges a case.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Judge(SuiteCase @case)
    {
        // A thread of its own: an evaluation that hangs is left behind, and the others are still judged.
        var limit = @case.TimeLimit ?? Patience;
        var run = Task.Run(() => Evaluate(@case));
        try
        {
            return run.Wait(limit) ? Fault(@case, run.Result) : $"takes longer than {limit.TotalMilliseconds} ms";
        }
        catch (AggregateException e)
        {
            return $"throws {e.InnerException}";
        }
    }

    /// <summary>What is wrong with a result of a case; null when nothing is.</summary>
    public static string? Fault(SuiteCase @case, JsonataResult result)
    {
        if (@case.CallsEval)
            return IsRefusal(result.Error) ? null : $"$eval is not refused but gives {Shown(result)}";
        var expected = @case.Expected;
        if (expected["error"] is JsonObject error)
            return ErrorFault(error, result);
        if (expected.TryGetValue("code", out _))
            return ErrorFault(expected, result);
        if (expected["undefinedResult"] is JsonBoolean { Value: true })
            return result.Outcome == JsonataOutcome.Undefined ? null : $"gives {Shown(result)} instead of nothing";
        if (!expected.TryGetValue("result", out var wanted))
            return "expects nothing that is known";
        var isSame = result.Value is { } value && (IsUnordered(expected) ? SameUnordered(value, wanted) : Same(value, wanted));
        return isSame ? null : $"gives {Shown(result)} instead of {wanted}";
    }

    private static JsonataResult Evaluate(SuiteCase @case)
    {
        if (!JsonataExpression.TryCompile(@case.Expression, JsonataDialect.Reference, out var expression, out var error))
            return new JsonataResult(JsonataOutcome.Error, Value: null, error);
        var limits = JsonataLimits.Reference;
        if (@case.Depth is { } depth)
            limits = limits with { MaxDepth = depth };
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        return expression.Evaluate(new JsonataScope(@case.Input, new JsonataBindings(@case.Bindings), limits, now, Seed: (ulong)now));
    }

    private static bool IsRefusal(JsonataError? error) => error is { Code: "T1006", Message: "Attempted to invoke a non-function" };

    private static bool IsUnordered(JsonObject expected) => expected["unordered"] is JsonBoolean { Value: true };

    private static string? ErrorFault(JsonObject wanted, JsonataResult result)
    {
        if (result.Error is not { } error)
            return $"gives {Shown(result)} instead of the error {wanted["code"]}";
        foreach (var (name, value) in wanted.Properties)
        {
            var isTold = name switch
            {
                "code" => IsText(value, error.Code),
                "message" => IsText(value, error.Message),
                "token" or "functionName" => IsText(value, error.Token),
                "position" => value is JsonNumber number && number.ToDouble() == error.Position,
                "value" => error.Value is { } told && Same(told, value),
                _ => true,
            };
            if (!isTold)
                return $"gives the error {error} (token {error.Token}, position {error.Position}) instead of one whose {name} is {value}";
        }

        return null;
    }

    private static bool IsText(JsonValue wanted, string? told) => wanted is JsonString text && string.Equals(text.Value, told, StringComparison.Ordinal);

    /// <summary>Equality as the suite means it: numbers are doubles, the order of an object's keys is of no matter.</summary>
    private static bool Same(JsonValue given, JsonValue wanted) => (given, wanted) switch
    {
        (JsonNumber left, JsonNumber right) => left.ToDouble() == right.ToDouble(),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Items.Zip(right.Items).All(pair => Same(pair.First, pair.Second)),
        (JsonObject left, JsonObject right) => left.Count == right.Count &&
            left.Properties.All(property => right.TryGetValue(property.Key, out var theirs) && Same(property.Value, theirs)),
        _ => given.Equals(wanted),
    };

    private static bool SameUnordered(JsonValue given, JsonValue wanted)
    {
        if (given is not JsonArray left || wanted is not JsonArray right || left.Count != right.Count)
            return Same(given, wanted);
        var rest = right.Items.ToList();
        return left.Items.All(item => rest.FindIndex(one => Same(item, one)) is var at and >= 0 && Removed(rest, at));
    }

    private static bool Removed(List<JsonValue> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    private static string Shown(JsonataResult result)
    {
        const int Longest = 300;
        var text = result switch
        {
            { Error: { } error } => $"the error {error}",
            { Value: { } value } => value.ToString(),
            _ => result.Outcome.ToString(),
        };
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
