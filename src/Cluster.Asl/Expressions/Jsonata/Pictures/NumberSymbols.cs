namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>The characters and texts that <c>$formatNumber</c> knows in pictures and writes; its options replace them.</summary>
internal sealed record NumberSymbols
{
    public static readonly NumberSymbols Default = new();

    public string DecimalSeparator { get; init; } = ".";

    public string GroupingSeparator { get; init; } = ",";

    public string ExponentSeparator { get; init; } = "e";

    public string Infinity { get; init; } = "Infinity";

    public string MinusSign { get; init; } = "-";

    public string NaN { get; init; } = "NaN";

    public string Percent { get; init; } = "%";

    public string PerMille { get; init; } = "‰";

    /// <summary>The first of ten digits that follow each other.</summary>
    public char Zero { get; init; } = '0';

    /// <summary>Stands for a digit that need not be there.</summary>
    public string Digit { get; init; } = "#";

    public string PatternSeparator { get; init; } = ";";

    /// <summary>These symbols with one replaced; the same ones if there is no such option or the text cannot stand for it.</summary>
    /// <param name="option">The option's name in XPath, for example <c>decimal-separator</c>.</param>
    /// <param name="text">What stands for it.</param>
    public NumberSymbols With(string option, string text) => option switch
    {
        "decimal-separator" => this with { DecimalSeparator = text },
        "grouping-separator" => this with { GroupingSeparator = text },
        "exponent-separator" => this with { ExponentSeparator = text },
        "infinity" => this with { Infinity = text },
        "minus-sign" => this with { MinusSign = text },
        "NaN" => this with { NaN = text },
        "percent" => this with { Percent = text },
        "per-mille" => this with { PerMille = text },
        "zero-digit" when text.Length > 0 => this with { Zero = text[0] },
        "digit" => this with { Digit = text },
        "pattern-separator" => this with { PatternSeparator = text },
        _ => this,
    };

    public bool IsFamily(char c) => (uint)(c - Zero) < 10;

    /// <summary>Whether a character is the separator; a symbol of several characters is never met in a picture.</summary>
    public static bool Is(char c, string symbol) => symbol.Length == 1 && symbol[0] == c;

    /// <summary>Whether a character belongs to the number itself rather than to the text around it.</summary>
    public bool IsActive(char c) =>
        IsFamily(c) || Is(c, DecimalSeparator) || Is(c, GroupingSeparator) || Is(c, ExponentSeparator) || Is(c, Digit)
        || Is(c, PatternSeparator);
}
