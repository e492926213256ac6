using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>The operators between two operands of a filter.</summary>
internal enum FilterOperator
{
    /// <summary><c>==</c>.</summary>
    Equal,

    /// <summary><c>!=</c>.</summary>
    NotEqual,

    /// <summary><c>&lt;</c>.</summary>
    Less,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>.</summary>
    Greater,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual,

    /// <summary>The left is an element of the right.</summary>
    In,

    /// <summary>The left is no element of the right.</summary>
    NotIn,

    /// <summary>The left has as many elements or characters as the right says.</summary>
    Size,

    /// <summary>Whether the left has no elements or characters is what the right says.</summary>
    Empty,
}

/// <summary>Jayway's comparisons; null stands for a path that leads nowhere.</summary>
internal static class FilterComparison
{
    /// <summary>Characters are compared this much faster than values are visited.</summary>
    private const int CharactersPerVisit = 16;

    /// <summary>The length from which a comparison is too much work for a whole walk.</summary>
    private const int MaxWeighed = PathWalk.MaxVisits * CharactersPerVisit;

    public static bool Holds(JsonValue? left, FilterOperator op, JsonValue? right, PathWalk walk) => op switch
    {
        FilterOperator.Equal => AreEqual(left, right, walk),
        FilterOperator.NotEqual => !AreEqual(left, right, walk),
        FilterOperator.Less => Order(left, right) is < 0,
        FilterOperator.LessOrEqual => Order(left, right) is <= 0,
        FilterOperator.Greater => Order(left, right) is > 0,
        FilterOperator.GreaterOrEqual => Order(left, right) is >= 0,
        FilterOperator.In => IsIn(left, right, walk) is true,
        FilterOperator.NotIn => IsIn(left, right, walk) is not true,
        FilterOperator.Size => right is JsonNumber size && size.TryGetInt64(out var count) && Size(left) == count,
        FilterOperator.Empty => right is JsonBoolean isEmpty && Size(left) is { } found && found == 0 == isEmpty.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "No such operator."),
    };

    /// <summary>Equality by value; a number equals a string of the same value.</summary>
    private static bool AreEqual(JsonValue? left, JsonValue? right, PathWalk walk)
    {
        if (left is null || right is null)
            return false;
        if (left is JsonNumber && right is JsonString text)
            return JsonParser.TryParse(System.Text.Encoding.UTF8.GetBytes(text.Value), JsonParserOptions.Payload, out var number, out _)
                && number is JsonNumber && left.Equals(number);
        if (left is JsonString leftText && right is JsonNumber rightNumber)
            return string.Equals(leftText.Value, rightNumber.Text, StringComparison.Ordinal);
        return walk.Spend(Weight(left, right)) && left.Equals(right);
    }

    /// <summary>The sign of left − right, or null where the two have no order.</summary>
    private static int? Order(JsonValue? left, JsonValue? right) => (left, right) switch
    {
        (JsonNumber l, JsonNumber r) => JsonNumber.Compare(l, r),
        (JsonString l, JsonString r) => string.CompareOrdinal(l.Value, r.Value),
        _ => null,
    };

    private static bool? IsIn(JsonValue? element, JsonValue? list, PathWalk walk)
    {
        if (element is null || list is not JsonArray array)
            return null;
        foreach (var item in array.Items)
        {
            if (AreEqual(element, item, walk))
                return true;
            if (!walk.Spend())
                return null;
        }

        return false;
    }

    private static int? Size(JsonValue? value) => value switch
    {
        JsonArray array => array.Count,
        JsonObject o => o.Count,
        JsonString text => text.Value.Length,
        _ => null,
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
