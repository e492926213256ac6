namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Compiles pictures of <c>$formatNumber</c>.</summary>
internal static class NumberPictureParser
{
    private const int PercentFactor = 100;
    private const int PerMilleFactor = 1000;

    /// <exception cref="JsonataException">D3080 to D3093: the picture is malformed.</exception>
    public static NumberPicture Parse(string picture, NumberSymbols symbols)
    {
        var separator = symbols.PatternSeparator;
        var at = separator.Length == 0 ? -1 : picture.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
        {
            var only = ParseHalf(picture, symbols);
            return new NumberPicture(symbols, only, only with { Prefix = symbols.MinusSign + only.Prefix });
        }

        var second = at + separator.Length;
        if (picture.IndexOf(separator, second, StringComparison.Ordinal) >= 0)
            throw JsonataErrors.Of("D3080");
        return new NumberPicture(symbols, ParseHalf(picture.AsSpan(0, at), symbols), ParseHalf(picture.AsSpan(second), symbols));
    }

    private static SubPicture ParseHalf(ReadOnlySpan<char> picture, NumberSymbols symbols)
    {
        var parts = new NumberPictureParts(picture, symbols);
        if (NumberPictureFaults.Find(parts, symbols) is { } code)
            throw JsonataErrors.Of(code);
        var (integerFamily, integerOptional) = Count(parts.Integer, symbols);
        var (fractionFamily, fractionOptional) = Count(parts.Fraction, symbols);
        var minInteger = integerFamily;
        var minFraction = fractionFamily;
        var maxFraction = fractionFamily + fractionOptional;
        if (minInteger == 0 && maxFraction == 0)
        {
            if (parts.HasExponent)
                minFraction = maxFraction = 1;
            else
                minInteger = 1;
        }

        if (parts.HasExponent && minInteger == 0 && integerOptional > 0)
            minInteger = 1;
        if (minInteger == 0 && minFraction == 0)
            minFraction = 1;
        var integerGroups = IntegerGroups(parts.Integer, symbols);
        return new SubPicture
        {
            Prefix = parts.Prefix.ToString(),
            Suffix = parts.Suffix.ToString(),
            Factor = FactorOf(picture, symbols),
            MinIntegerDigits = minInteger,
            MinFractionDigits = minFraction,
            MaxFractionDigits = maxFraction,
            MinExponentDigits = parts.Exponent.Length,
            ScalingDigits = integerFamily,
            IntegerGroups = integerGroups,
            IntegerInterval = Grouping.Interval(integerGroups),
            FractionGroups = FractionGroups(parts.Fraction, symbols),
        };
    }

    private static double FactorOf(ReadOnlySpan<char> picture, NumberSymbols symbols)
    {
        if (symbols.Percent.Length > 0 && picture.Contains(symbols.Percent, StringComparison.Ordinal))
            return PercentFactor;
        return symbols.PerMille.Length > 0 && picture.Contains(symbols.PerMille, StringComparison.Ordinal) ? PerMilleFactor : 1;
    }

    private static (int Family, int Optional) Count(ReadOnlySpan<char> part, NumberSymbols symbols)
    {
        var family = 0;
        var optional = 0;
        foreach (var c in part)
        {
            if (symbols.IsFamily(c))
                family++;
            else if (NumberSymbols.Is(c, symbols.Digit))
                optional++;
        }

        return (family, optional);
    }

    private static int[] IntegerGroups(ReadOnlySpan<char> part, NumberSymbols symbols)
    {
        var groups = new List<int>();
        var digits = 0;
        for (var i = part.Length - 1; i >= 0; i--)
        {
            if (NumberSymbols.Is(part[i], symbols.GroupingSeparator))
                groups.Add(digits);
            else
                digits++;
        }

        return [.. groups];
    }

    private static int[] FractionGroups(ReadOnlySpan<char> part, NumberSymbols symbols)
    {
        var groups = new List<int>();
        var digits = 0;
        foreach (var c in part)
        {
            if (NumberSymbols.Is(c, symbols.GroupingSeparator))
                groups.Add(digits);
            else
                digits++;
        }

        return [.. groups];
    }
}
