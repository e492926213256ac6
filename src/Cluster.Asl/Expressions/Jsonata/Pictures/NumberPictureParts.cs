namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>A sub-picture taken apart: prefix, integer part, fraction, exponent, suffix.</summary>
internal readonly ref struct NumberPictureParts
{
    public NumberPictureParts(ReadOnlySpan<char> picture, NumberSymbols symbols)
    {
        Picture = picture;
        var start = 0;
        while (start < picture.Length && !IsEdge(picture[start], symbols))
            start++;
        var end = picture.Length;
        while (end > start && !IsEdge(picture[end - 1], symbols))
            end--;

        // Where nothing belongs to the number, all of it is wrong rather than all of it is text.
        if (start == picture.Length)
            (start, end) = (0, picture.Length);
        Prefix = picture[..start];
        Active = picture[start..end];
        Suffix = picture[end..];

        // A separator right behind the number has an exponent without digits behind it, which is a fault.
        var exponent = symbols.ExponentSeparator.Length == 1 ? picture[start..].IndexOf(symbols.ExponentSeparator[0]) : -1;
        HasExponent = exponent >= 0 && exponent <= Active.Length;
        Exponent = HasExponent && exponent < Active.Length ? Active[(exponent + 1)..] : default;
        Mantissa = HasExponent ? Active[..exponent] : Active;
        var point = symbols.DecimalSeparator.Length == 1 ? Mantissa.IndexOf(symbols.DecimalSeparator[0]) : -1;
        Integer = point < 0 ? Mantissa : Mantissa[..point];
        Fraction = point < 0 ? default : Mantissa[(point + 1)..];
    }

    public ReadOnlySpan<char> Picture { get; }

    public ReadOnlySpan<char> Prefix { get; }

    public ReadOnlySpan<char> Active { get; }

    public ReadOnlySpan<char> Suffix { get; }

    public ReadOnlySpan<char> Mantissa { get; }

    public ReadOnlySpan<char> Integer { get; }

    public ReadOnlySpan<char> Fraction { get; }

    public ReadOnlySpan<char> Exponent { get; }

    public bool HasExponent { get; }

    /// <summary>Whether the number may begin or end with the character. An exponent's separator alone is text.</summary>
    private static bool IsEdge(char c, NumberSymbols symbols) => symbols.IsActive(c) && !NumberSymbols.Is(c, symbols.ExponentSeparator);
}
