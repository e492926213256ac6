using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>The operators of filters that are words; capitals do not matter.</summary>
internal enum LexicalOperator
{
    /// <summary>The left is an element of the right.</summary>
    In,

    /// <summary>The left is no element of the right.</summary>
    Nin,

    /// <summary>The left is a string with the right in it, or a list with the right as an element.</summary>
    Contains,

    /// <summary>The left is a list that has each element of the right.</summary>
    All,

    /// <summary>The left has as many elements or characters as the right says.</summary>
    Size,

    /// <summary>Whether the left has no elements or characters is what the right says.</summary>
    Empty,

    /// <summary>Each element of the left is one of the right.</summary>
    SubsetOf,

    /// <summary>The two lists share an element.</summary>
    AnyOf,

    /// <summary>The two lists share no element.</summary>
    NoneOf,
}

/// <summary><c>left word right</c>.</summary>
internal sealed class LexicalPredicate(FilterOperand left, LexicalOperator op, FilterOperand right) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk)
    {
        if (!walk.Spend())
            return false;
        var (l, r) = (left.Of(value, walk), right.Of(value, walk));
        return op switch
        {
            LexicalOperator.In => r is JsonArray list && IsIn(l, list, walk),
            LexicalOperator.Nin => r is not JsonArray list || !IsIn(l, list, walk),
            LexicalOperator.Contains => Contains(l, r, walk),
            LexicalOperator.All => l is JsonArray list && r is JsonArray wanted && AreIn(wanted, list, walk),
            LexicalOperator.Size => r is JsonNumber number && number.TryGetInt64(out var size) && SizeOf(l) == size,
            LexicalOperator.Empty => r is JsonBoolean isEmpty && IsEmpty(l) == isEmpty.Value,
            LexicalOperator.SubsetOf => l is JsonArray list && r is JsonArray all && AreIn(list, all, walk),
            LexicalOperator.AnyOf => Share(l, r, walk) is true,
            LexicalOperator.NoneOf => Share(l, r, walk) is false,
            _ => throw new InvalidOperationException($"No such operator: {op}"),
        };
    }

    private static bool IsIn(JsonValue? element, JsonArray list, PathWalk walk)
    {
        if (element is null)
            return false;
        foreach (var item in list.Items)
        {
            if (FilterValues.AreEqual(element, item, walk))
                return true;
            if (!walk.Spend())
                return false;
        }

        return false;
    }

    private static bool AreIn(JsonArray elements, JsonArray list, PathWalk walk)
    {
        foreach (var element in elements.Items)
        {
            if (!IsIn(element, list, walk) || walk.IsExhausted)
                return false;
        }

        return true;
    }

    private static bool Contains(JsonValue? whole, JsonValue? part, PathWalk walk) => (whole, part) switch
    {
        (JsonString text, JsonString wanted) =>
            walk.Spend(1 + (text.Value.Length / FilterValues.CharactersPerVisit)) && text.Value.Contains(wanted.Value, StringComparison.Ordinal),
        (JsonArray list, { } element) => IsIn(element, list, walk),
        _ => false,
    };

    /// <summary>Whether two lists share an element, or null when one of them is no list.</summary>
    private static bool? Share(JsonValue? left, JsonValue? right, PathWalk walk)
    {
        if (left is not JsonArray some || right is not JsonArray others)
            return null;
        foreach (var element in some.Items)
        {
            if (walk.IsExhausted || IsIn(element, others, walk))
                return true;
        }

        return false;
    }

    private static int? SizeOf(JsonValue? value) => value switch
    {
        JsonArray array => array.Count,
        JsonString text => text.Value.Length,
        _ => null,
    };

    private static bool? IsEmpty(JsonValue? value) => value is JsonObject o ? o.Count == 0 : SizeOf(value) is { } size ? size == 0 : null;
}
