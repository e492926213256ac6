using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Syntax;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    End,
    Operator,
    Name,
    Variable,
    String,
    Number,

    /// <summary><c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Literal,
    Regex,
}

/// <summary>A token of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The operator's symbol, the name without quotes or dollar, the unescaped string, or the pattern.</param>
/// <param name="Position">Where it ends: errors are told so.</param>
/// <param name="Value">The value of a string, number or literal.</param>
/// <param name="Flags">The flags of a regular expression.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position, JsonValue? Value = null, string Flags = "")
{
    /// <summary>How errors name the end of the expression.</summary>
    public const string EndText = "(end)";

    public bool Is(string symbol) => Kind == TokenKind.Operator && string.Equals(Text, symbol, StringComparison.Ordinal);

    /// <summary>What an error shows of it.</summary>
    public string Shown => Kind == TokenKind.End ? EndText : Value is null ? Text : Value is JsonString s ? s.Value : Value.ToString();
}
