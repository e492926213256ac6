using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>What the language says about values: truth, equality, indices.</summary>
internal static class Operations
{
    /// <summary>So many scalars are looked at in the time of a step.</summary>
    public const int LooksPerStep = 4;

    /// <summary>The value's truth, as <c>$boolean</c> casts it; undefined is false.</summary>
    public static bool IsTrue(Evaluation evaluation, JsonValue? value)
    {
        switch (value)
        {
            case JsonBoolean boolean:
                return boolean.Value;
            case JsonString text:
                return text.Value.Length > 0;
            case JsonNumber number:
                return Number(number) != 0;
            case JsonObject o:
                return o.Count > 0;
            case JsonArray array:
                System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Step(array.Count / LooksPerStep);
                foreach (var item in array.Items)
                {
                    if (IsTrue(evaluation, item))
                        return true;
                }

                return false;
            default:
                return false;
        }
    }

    /// <summary>The double of a number; infinities must not go into any further computation.</summary>
    public static double Number(JsonNumber number)
    {
        var value = number.ToDouble();
        if (!double.IsFinite(value) && !double.IsNaN(value))
            throw JsonataErrors.Of("D1001", value: number);
        return value;
    }

    /// <summary>Equality in depth: numbers as doubles, objects without regard to order.</summary>
    public static bool AreEqual(Evaluation evaluation, JsonValue? left, JsonValue? right)
    {
        if (ReferenceEquals(left, right))
            return true;
        switch (left)
        {
            case JsonString text:
                return right is JsonString other && AreEqual(evaluation, text.Value, other.Value);
            case JsonNumber number:
                return right is JsonNumber otherNumber && number.ToDouble() == otherNumber.ToDouble();
            case JsonArray array:
                return right is JsonArray otherArray && AreEqual(evaluation, array, otherArray);
            case JsonObject o:
                return right is JsonObject otherObject && AreEqual(evaluation, o, otherObject);
            default:
                return false;
        }
    }

    private static bool AreEqual(Evaluation evaluation, string left, string right)
    {
        if (left.Length != right.Length)
            return false;
        evaluation.StepText(left.Length);
        return string.Equals(left, right, StringComparison.Ordinal);
    }

    private static bool AreEqual(Evaluation evaluation, JsonArray left, JsonArray right)
    {
        if (left.Count != right.Count)
            return false;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        evaluation.Step(left.Count / LooksPerStep);
        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(evaluation, left[i], right[i]))
                return false;
        }

        return true;
    }

    private static bool AreEqual(Evaluation evaluation, JsonObject left, JsonObject right)
    {
        if (left.Count != right.Count)
            return false;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        evaluation.Step(left.Count);
        foreach (var (name, value) in left.Properties)
        {
            if (!right.TryGetValue(name, out var other) || !AreEqual(evaluation, value, other))
                return false;
        }

        return true;
    }
}
