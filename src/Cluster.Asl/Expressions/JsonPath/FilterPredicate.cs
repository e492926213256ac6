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

/// <summary>A path alone: it leads somewhere, and not to null.</summary>
internal sealed class ExistsPredicate(PathOperand operand) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk) => operand.Exists(value, walk);
}

/// <summary><c>text =~ /pattern/flags</c>: the whole text must match. What is no string is matched as its JSON text.</summary>
internal sealed class MatchPredicate(FilterOperand text, FilterPattern pattern) : FilterPredicate
{
    /// <summary>The longest JSON text of a value that is no string that is matched, in bytes.</summary>
    private const int MaxJson = 256 * 1024;

    public override bool Holds(JsonValue value, PathWalk walk) => text.Of(value, walk) switch
    {
        null or JsonNull => false,
        JsonString found => pattern.Matches(found.Value, walk),
        { } found => MatchesJson(found, walk),
    };

    private bool MatchesJson(JsonValue value, PathWalk walk)
    {
        var length = JsonWriter.Utf8Length(value, MaxJson);
        return walk.Spend((int)Math.Min(length, MaxJson) / FilterValues.CharactersPerVisit)
            && length <= MaxJson
            && pattern.Matches(value.ToString(), walk);
    }
}
