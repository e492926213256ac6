using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>The condition of <c>[?(…)]</c>.</summary>
internal abstract class FilterPredicate
{
    /// <summary>Whether the condition holds for a value; meaningless once the walk is exhausted.</summary>
    public abstract bool Holds(JsonValue value, PathWalk walk);
}

/// <summary><c>left &amp;&amp; right</c>.</summary>
internal sealed class AndPredicate(FilterPredicate left, FilterPredicate right) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk) => left.Holds(value, walk) && right.Holds(value, walk);
}

/// <summary><c>left || right</c>.</summary>
internal sealed class OrPredicate(FilterPredicate left, FilterPredicate right) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk) => left.Holds(value, walk) || right.Holds(value, walk);
}

/// <summary><c>!operand</c>.</summary>
internal sealed class NotPredicate(FilterPredicate operand) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk) => !operand.Holds(value, walk);
}

/// <summary>An operand alone: a path that leads somewhere, or the literal <c>true</c>.</summary>
internal sealed class ExistsPredicate(FilterOperand operand) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk) => operand.Exists(value, walk);
}

/// <summary><c>left operator right</c>.</summary>
internal sealed class ComparisonPredicate(FilterOperand left, FilterOperator op, FilterOperand right) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk) =>
        walk.Spend() && FilterComparison.Holds(left.Of(value, walk), op, right.Of(value, walk), walk);
}

/// <summary><c>text =~ /pattern/flags</c>: the whole text must match.</summary>
internal sealed class MatchPredicate(FilterOperand text, FilterPattern pattern) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk) =>
        text.Of(value, walk) is JsonString found && pattern.Matches(found.Value, walk);
}
