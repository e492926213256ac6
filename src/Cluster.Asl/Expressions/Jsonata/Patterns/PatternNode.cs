using System.Collections.Immutable;

namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>A part of a regular expression, as JavaScript reads it.</summary>
internal abstract record PatternNode
{
    /// <summary>One character of a set.</summary>
    public sealed record One(CharSet Set) : PatternNode;

    /// <summary>Parts one after the other; without parts, nothing at all, which always matches.</summary>
    public sealed record Sequence(ImmutableArray<PatternNode> Parts) : PatternNode;

    /// <summary>The first of several parts that leads to a match.</summary>
    public sealed record Choice(ImmutableArray<PatternNode> Options) : PatternNode;

    /// <summary>A part whose text is kept under a number from 1 on.</summary>
    public sealed record Capture(int Number, PatternNode Body) : PatternNode;

    /// <summary>The text of a capture again; nothing when it has none.</summary>
    public sealed record Again(int Number) : PatternNode;

    /// <summary>A part repeated; <see cref="int.MaxValue"/> stands for any number.</summary>
    public sealed record Repeat(PatternNode Body, int Least, int Most, bool IsLazy) : PatternNode;

    /// <summary>A part that must (or must not) lie ahead or behind.</summary>
    public sealed record Look(PatternNode Body, bool IsBehind, bool IsNegative) : PatternNode;

    /// <summary>A place in the text.</summary>
    public sealed record Anchor(AnchorKind Kind) : PatternNode;
}

/// <summary>The places that a pattern can name.</summary>
internal enum AnchorKind
{
    /// <summary>The start of the text.</summary>
    TextStart,

    /// <summary>The end of the text.</summary>
    TextEnd,

    /// <summary>The start of a line.</summary>
    LineStart,

    /// <summary>The end of a line.</summary>
    LineEnd,

    /// <summary>Between a character of a word and one that is none.</summary>
    WordEdge,

    /// <summary>Anywhere else.</summary>
    NoWordEdge,
}
