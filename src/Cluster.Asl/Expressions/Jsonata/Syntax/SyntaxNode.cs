using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>What a part of an expression is. The parser makes some, shaping replaces them by others.</summary>
internal enum SyntaxKind : byte
{
    Name,
    Variable,
    String,
    Number,
    Literal,
    Regex,
    Wildcard,
    Descendant,
    Parent,

    /// <summary>The question mark in the place of an argument; or a word like <c>and</c> in the place of a name.</summary>
    Operator,
    Binary,
    Negation,
    Array,
    Object,
    Block,
    Function,
    Partial,
    Lambda,
    Condition,

    /// <summary><c>a ?: b</c>.</summary>
    Default,

    /// <summary><c>a ?? b</c>.</summary>
    Coalesce,
    Transform,

    /// <summary>The end of the text in the place of an operand.</summary>
    End,

    // Below: made by shaping.
    Path,
    Sort,
    Bind,
    Apply,
}

/// <summary>A pair of an object, or of a grouping.</summary>
internal readonly record struct SyntaxPair(SyntaxNode Key, SyntaxNode Value);

/// <summary>A term of an order-by clause.</summary>
internal readonly record struct SyntaxTerm(SyntaxNode Expression, bool Descending);

/// <summary>What follows a step: a predicate, or the binding of an index behind predicates.</summary>
internal readonly record struct SyntaxStage(SyntaxNode? Predicate, string? Index);

/// <summary>A grouping behind an expression.</summary>
internal sealed record SyntaxGroup(List<SyntaxPair> Pairs, int Position);

/// <summary>The place in which a step leaves the item that it came from, for a parent operator further right.</summary>
internal sealed class AncestorSlot(int number)
{
    /// <summary>The steps still to go up while the ancestor is being looked for.</summary>
    public int Level { get; set; } = 1;

    /// <summary>The name of the place; two operators that mean the same item share it.</summary>
    public string Label { get; set; } = "!" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A part of an expression, first as it was written, then shaped for compilation.</summary>
internal sealed class SyntaxNode(SyntaxKind kind, int position)
{
    // Shared by all parts that have none; nobody adds to them.
    private static readonly List<SyntaxNode> NoItems = [];
    private static readonly List<SyntaxPair> NoPairs = [];
    private static readonly List<SyntaxTerm> NoTerms = [];

    public SyntaxKind Kind { get; set; } = kind;

    public int Position { get; } = position;

    /// <summary>A name, an operator's symbol, a pattern.</summary>
    public string Text { get; init; } = "";

    /// <summary>The flags of a pattern.</summary>
    public string Flags { get; init; } = "";

    /// <summary>The value of a literal.</summary>
    public JsonValue? Value { get; init; }

    /// <summary>The left side; the condition; the procedure of a call; the pattern of a transformation; what is negated.</summary>
    public SyntaxNode? Left { get; set; }

    /// <summary>The right side; what follows when the condition holds; the body of a lambda; the update of a transformation.</summary>
    public SyntaxNode? Right { get; set; }

    /// <summary>What follows when the condition does not hold; the deletion of a transformation.</summary>
    public SyntaxNode? Third { get; set; }

    /// <summary>Items, statements, arguments, parameters or steps.</summary>
    public List<SyntaxNode> Items { get; init; } = NoItems;

    public List<SyntaxPair> Pairs { get; init; } = NoPairs;

    public List<SyntaxTerm> Terms { get; init; } = NoTerms;

    public Signature? Signature { get; init; }

    public SyntaxGroup? Group { get; set; }

    /// <summary>Predicates of an expression that is no step.</summary>
    public List<SyntaxStage>? Predicates { get; set; }

    /// <summary>Predicates and index bindings of a step.</summary>
    public List<SyntaxStage>? Stages { get; set; }

    /// <summary>The variable that holds each item of the step.</summary>
    public string? Focus { get; set; }

    /// <summary>The variable that holds the index of each item of the step.</summary>
    public string? Index { get; set; }

    public AncestorSlot? Ancestor { get; set; }

    /// <summary>The slot that a parent operator reads.</summary>
    public AncestorSlot? Slot { get; init; }

    /// <summary>Ancestors that this part needs and does not hold itself.</summary>
    public List<AncestorSlot>? Seeking { get; set; }

    /// <summary>Whether empty brackets ask for an array even of one item.</summary>
    public bool KeepArray { get; set; }

    /// <summary>The same for a path, if any step has it.</summary>
    public bool KeepSingletonArray { get; set; }

    /// <summary>Whether items carry variables from step to step.</summary>
    public bool Tuple { get; set; }

    /// <summary>Whether an array constructor gives its array as one item.</summary>
    public bool ConsArray { get; set; }

    /// <summary>Whether a call is the last thing that its function does.</summary>
    public bool TailCall { get; set; }
}
