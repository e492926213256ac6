using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>How filters compare values, with the work counted.</summary>
internal static class FilterValues
{
    /// <summary>Characters are compared this much faster than values are visited.</summary>
    public const int CharactersPerVisit = 16;

    /// <summary>The length from which a comparison is too much work for a whole walk.</summary>
    private const int MaxWeighed = PathWalk.MaxVisits * CharactersPerVisit;

    /// <summary>The text that counts as null, as the library cannot tell its literals apart.</summary>
    private const string NullText = "null";

    /// <summary>
    /// The sign of left − right, or null where the two do not compare. A string compares with a number as a number and with a truth value as
    /// one; null comes before all else; arrays and objects are equal or not.
    /// </summary>
    public static int? Compare(JsonValue left, JsonValue right, PathWalk walk)
    {
        if (IsNullish(left) || IsNullish(right))
            return IsNullish(right).CompareTo(IsNullish(left));
        if (IsNested(left) && IsNested(right))
            return walk.Spend(Weight(left, right)) && left.Equals(right) ? 0 : 1;
        if (!walk.Spend(1 + (LengthToRead(left, right) / CharactersPerVisit)))
            return null;
        return (left, right) switch
        {
            (JsonString l, JsonString r) => string.CompareOrdinal(l.Value, r.Value),
            (JsonNumber l, JsonNumber r) => JsonNumber.Compare(l, r),
            (JsonString l, JsonNumber r) when FilterNumbers.Read(l.Value) is { } number => JsonNumber.Compare(number, r),
            (JsonNumber l, JsonString r) when FilterNumbers.Read(r.Value) is { } number => JsonNumber.Compare(l, number),
            (JsonBoolean l, JsonBoolean r) => l.Value.CompareTo(r.Value),
            (JsonString l, JsonBoolean r) => IsTrue(l).CompareTo(r.Value),
            (JsonBoolean l, JsonString r) => l.Value.CompareTo(IsTrue(r)),
            _ => null,
        };
    }

    /// <summary>Equality of the lexical operators: by value, a number and a string of the same value included.</summary>
    public static bool AreEqual(JsonValue left, JsonValue right, PathWalk walk)
    {
        if (left is JsonNumber number && right is JsonString text)
            return FilterNumbers.Read(text.Value) is { } read && number.Equals(read);
        if (left is JsonString leftText && right is JsonNumber rightNumber)
            return string.Equals(leftText.Value, rightNumber.Text, StringComparison.Ordinal);
        return walk.Spend(Weight(left, right)) && left.Equals(right);
    }

    /// <summary>Equality of values of one kind.</summary>
    public static bool AreSame(JsonValue left, JsonValue right, PathWalk walk) =>
        left.Kind == right.Kind && walk.Spend(Weight(left, right)) && left.Equals(right);

    /// <summary>Whether a value is an array or an object.</summary>
    public static bool IsNested(JsonValue value) => value is JsonArray or JsonObject;

    private static bool IsNullish(JsonValue value) => value is JsonNull or JsonString { Value: NullText };

    private static bool IsTrue(JsonString text) => string.Equals(text.Value, "true", StringComparison.OrdinalIgnoreCase);

    private static int LengthToRead(JsonValue left, JsonValue right) => (left, right) switch
    {
        (JsonString l, JsonString r) => Math.Min(l.Value.Length, r.Value.Length),
        (JsonNumber l, JsonNumber r) => Math.Max(l.Text.Length, r.Text.Length),
        (JsonString l, JsonNumber r) => Math.Min(l.Value.Length, FilterNumbers.MaxLength) + r.Text.Length,
        (JsonNumber l, JsonString r) => l.Text.Length + Math.Min(r.Value.Length, FilterNumbers.MaxLength),
        _ => 0,
    };

    /// <summary>The work that a comparison may take: what must be looked at of values that may be equal.</summary>
    private static int Weight(JsonValue left, JsonValue right) => (left, right) switch
    {
        (JsonString l, JsonString r) when l.Value.Length == r.Value.Length => 1 + (l.Value.Length / CharactersPerVisit),
        (JsonNumber l, JsonNumber r) => 1 + (Math.Max(l.Text.Length, r.Text.Length) / CharactersPerVisit),
        (JsonArray l, JsonArray r) when l.Count == r.Count => Weight(l),
        (JsonObject l, JsonObject r) when l.Count == r.Count => Weight(l),
        _ => 1,
    };

    private static int Weight(JsonValue value) =>
        1 + ((int)Math.Min(JsonWriter.Utf8Length(value, MaxWeighed), MaxWeighed) / CharactersPerVisit);
}
