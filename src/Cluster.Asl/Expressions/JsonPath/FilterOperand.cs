using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>One side of a comparison in a filter.</summary>
internal abstract class FilterOperand
{
    /// <summary>The operand's value for the value that the filter judges, or null when its path leads nowhere.</summary>
    public abstract JsonValue? Of(JsonValue value, PathWalk walk);

    /// <summary>The operand's value as it compares with another one.</summary>
    public virtual JsonValue? Against(JsonValue? other, JsonValue value, PathWalk walk) => Of(value, walk);
}

/// <summary>
/// What is no path. A comparison sees its text, without quotes, and reads it as what the other side is; the lexical operators see the
/// number, truth value, null, list or object that it is.
/// </summary>
/// <param name="literal">The value.</param>
/// <param name="text">The text of a value that is no list and no object.</param>
internal sealed class LiteralOperand(JsonValue literal, string? text) : FilterOperand
{
    private readonly JsonString? _text = text is null ? null : new JsonString(text);

    private readonly JsonNumber? _number = text is null ? null : FilterNumbers.Read(text);

    public override JsonValue? Of(JsonValue value, PathWalk walk) => literal;

    public override JsonValue? Against(JsonValue? other, JsonValue value, PathWalk walk) =>
        other is JsonNumber && _number is not null ? _number : _text ?? literal;
}

/// <summary><c>@…</c> below the judged value, or <c>$…</c> below the root.</summary>
internal sealed class PathOperand(JsonPath path, bool fromRoot) : FilterOperand
{
    public override JsonValue? Of(JsonValue value, PathWalk walk)
    {
        if (!walk.Spend(path.Weight + 1))
            return null;
        var start = fromRoot ? walk.Root : value;
        return path.IsDefinite ? path.FollowToElement(start, out _) : walk.Find(start, path, out _);
    }

    /// <summary>Whether the path leads somewhere; null is nowhere, as in the version of Jayway that AWS uses.</summary>
    public bool Exists(JsonValue value, PathWalk walk) =>
        Of(value, walk) is { Kind: not JsonKind.Null } found && (path.IsDefinite || found is JsonArray { Count: > 0 });
}
