using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>The symbolic operators between two operands of a filter.</summary>
internal enum FilterComparison
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

    /// <summary><c>===</c>: equal and of the same kind.</summary>
    SameAs,

    /// <summary><c>!==</c>: not equal, or of different kinds.</summary>
    NotSameAs,
}

/// <summary>Jayway's comparisons. Nothing compares with a path that leads nowhere, nor values of kinds that have no order: not even <c>!=</c>.</summary>
internal sealed class ComparisonPredicate(FilterOperand left, FilterComparison comparison, FilterOperand right) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk)
    {
        if (!walk.Spend())
            return false;
        if (comparison is FilterComparison.SameAs or FilterComparison.NotSameAs)
        {
            var areSame = left.Of(value, walk) is { } l && right.Of(value, walk) is { } r && FilterValues.AreSame(l, r, walk);
            return areSame == comparison is FilterComparison.SameAs;
        }

        // A literal becomes what the other side is, so paths go first.
        var first = left is PathOperand ? left.Of(value, walk) : null;
        if (first is null && left is PathOperand)
            return false;
        var second = right.Against(first, value, walk);
        first ??= left.Against(second, value, walk);
        return first is not null && second is not null && FilterValues.Compare(first, second, walk) is { } sign && Holds(sign, first, second);
    }

    private bool Holds(int sign, JsonValue first, JsonValue second)
    {
        var isOneNull = first is JsonNull != second is JsonNull;
        return comparison switch
        {
            FilterComparison.Equal => sign == 0,
            FilterComparison.NotEqual => sign != 0,
            _ when isOneNull || FilterValues.IsNested(first) || FilterValues.IsNested(second) => false,
            FilterComparison.Less => sign < 0,
            FilterComparison.LessOrEqual => sign <= 0,
            FilterComparison.Greater => sign > 0,
            FilterComparison.GreaterOrEqual => sign >= 0,
            _ => throw new InvalidOperationException($"No such comparison: {comparison}"),
        };
    }
}
