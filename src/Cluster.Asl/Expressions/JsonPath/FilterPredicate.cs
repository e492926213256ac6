using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>The condition of <c>[?(…)]</c>.</summary>
internal abstract class FilterPredicate
{
    /// <summary>Whether the condition holds for a value; meaningless once the walk is exhausted.</summary>
    public abstract bool Holds(JsonValue value, PathWalk walk);
}

/// <summary><c>a &amp;&amp; b &amp;&amp; …</c>, side by side, as a definition has room for more than a stack is deep.</summary>
internal sealed class AndPredicate(ImmutableArray<FilterPredicate> operands) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk)
    {
        foreach (var operand in operands)
        {
            if (!operand.Holds(value, walk) || walk.IsExhausted)
                return false;
        }

        return true;
    }
}

/// <summary><c>a || b || …</c>.</summary>
internal sealed class OrPredicate(ImmutableArray<FilterPredicate> operands) : FilterPredicate
{
    public override bool Holds(JsonValue value, PathWalk walk)
    {
        foreach (var operand in operands)
        {
            if (operand.Holds(value, walk) || walk.IsExhausted)
                return true;
        }

        return false;
    }
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
