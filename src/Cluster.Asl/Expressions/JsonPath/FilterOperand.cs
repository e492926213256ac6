using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>One side of a comparison in a filter.</summary>
internal abstract class FilterOperand
{
    /// <summary>The operand's value for the value that the filter judges, or null when its path leads nowhere.</summary>
    public abstract JsonValue? Of(JsonValue value, PathWalk walk);

    /// <summary>Whether the operand, standing alone, holds.</summary>
    public abstract bool Exists(JsonValue value, PathWalk walk);
}

/// <summary>A string, number, <c>true</c>, <c>false</c>, <c>null</c>, or a list of them.</summary>
internal sealed class LiteralOperand(JsonValue literal) : FilterOperand
{
    public override JsonValue? Of(JsonValue value, PathWalk walk) => literal;

    public override bool Exists(JsonValue value, PathWalk walk) => literal is JsonBoolean { Value: true };
}

/// <summary><c>@…</c> below the judged value, or <c>$…</c> below the root.</summary>
internal sealed class PathOperand(JsonPath path, bool fromRoot) : FilterOperand
{
    public override JsonValue? Of(JsonValue value, PathWalk walk)
    {
        if (!walk.Spend(path.Steps.Length + 1))
            return null;
        var start = fromRoot ? walk.Root : value;
        return path.IsDefinite ? path.Follow(start, out _, out _) : walk.Find(start, path);
    }

    public override bool Exists(JsonValue value, PathWalk walk) =>
        Of(value, walk) is { } found && (path.IsDefinite || found is JsonArray { Count: > 0 });
}
