namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// The rules of XPath for sub-pictures. A picture may break several; the code told is that of the last one in their order, as the
/// reference tells it.
/// </summary>
internal static class NumberPictureFaults
{
    /// <summary>The code of the last rule that is broken, or null.</summary>
    public static string? Find(NumberPictureParts parts, NumberSymbols symbols) =>
        InExponent(parts, symbols) ?? InOptionalDigits(parts, symbols) ?? InGrouping(parts, symbols) ?? InActivePart(parts, symbols)
        ?? InSigns(parts.Picture, symbols);

    private static string? InSigns(ReadOnlySpan<char> picture, NumberSymbols symbols)
    {
        var percents = Count(picture, symbols.Percent);
        var perMilles = Count(picture, symbols.PerMille);
        if (percents > 0 && perMilles > 0)
            return "D3084";
        if (perMilles > 1)
            return "D3083";
        if (percents > 1)
            return "D3082";
        return Count(picture, symbols.DecimalSeparator) > 1 ? "D3081" : null;
    }

    private static string? InActivePart(NumberPictureParts parts, NumberSymbols symbols)
    {
        foreach (var c in parts.Active)
        {
            if (!symbols.IsActive(c))
                return "D3086";
        }

        foreach (var c in parts.Mantissa)
        {
            if (IsDigitPlace(c, symbols))
                return null;
        }

        return "D3085";
    }

    private static string? InGrouping(NumberPictureParts parts, NumberSymbols symbols)
    {
        if (symbols.GroupingSeparator.Length != 1)
            return null;
        var separator = symbols.GroupingSeparator[0];
        if (parts.Picture.IndexOf([separator, separator]) >= 0)
            return "D3089";
        var point = symbols.DecimalSeparator.Length == 1 ? parts.Picture.IndexOf(symbols.DecimalSeparator[0]) : -1;
        if (point < 0)
            return parts.Integer.EndsWith(separator) ? "D3088" : null;
        var isBeside = parts.Picture[..point].EndsWith(separator) || parts.Picture[(point + 1)..].StartsWith(separator);
        return isBeside ? "D3087" : null;
    }

    private static string? InOptionalDigits(NumberPictureParts parts, NumberSymbols symbols)
    {
        if (symbols.Digit.Length != 1)
            return null;
        var last = parts.Fraction.LastIndexOf(symbols.Digit[0]);
        if (last >= 0 && HasFamily(parts.Fraction[last..], symbols))
            return "D3091";
        var first = parts.Integer.IndexOf(symbols.Digit[0]);
        return first >= 0 && HasFamily(parts.Integer[..first], symbols) ? "D3090" : null;
    }

    private static string? InExponent(NumberPictureParts parts, NumberSymbols symbols)
    {
        if (!parts.HasExponent)
            return null;
        foreach (var c in parts.Exponent)
        {
            if (!symbols.IsFamily(c))
                return "D3093";
        }

        if (parts.Exponent.Length == 0)
            return "D3093";
        return Count(parts.Picture, symbols.Percent) + Count(parts.Picture, symbols.PerMille) > 0 ? "D3092" : null;
    }

    private static int Count(ReadOnlySpan<char> picture, string symbol) => symbol.Length == 0 ? 0 : picture.Count(symbol);

    private static bool IsDigitPlace(char c, NumberSymbols symbols) => symbols.IsFamily(c) || NumberSymbols.Is(c, symbols.Digit);

    private static bool HasFamily(ReadOnlySpan<char> part, NumberSymbols symbols)
    {
        foreach (var c in part)
        {
            if (symbols.IsFamily(c))
                return true;
        }

        return false;
    }
}
