namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>How much of a text can belong to a part of a date/time picture.</summary>
internal static class DatePartLengths
{
    /// <summary>No length: the text has nothing for the part.</summary>
    public const int None = -1;

    public const string Greenwich = "GMT";

    private const int SuffixLength = 2;

    private const int MaxOffsetDigits = 4;

    /// <summary>The most characters at the start of a text that the part takes, or <see cref="None"/>.</summary>
    public static int Longest(DatePart part, ReadOnlySpan<char> text)
    {
        if (part.Literal is { } literal)
            return text.StartsWith(literal, StringComparison.OrdinalIgnoreCase) ? literal.Length : None;
        if (part.Component is 'Z' or 'z')
            return Offset(part, text);
        var length = part.Integer?.Kind switch
        {
            null or NumeralKind.Letters => Run(text, char.IsAsciiLetter),
            NumeralKind.Roman => Run(text, RomanNumerals.IsDigit),
            NumeralKind.Words => EnglishReading.Longest(text),
            _ => Digits(part, text),
        };
        return length == 0 ? None : length;
    }

    /// <summary>The next fewer characters than those that the part took, or <see cref="None"/>.</summary>
    public static int Shorter(DatePart part, ReadOnlySpan<char> taken)
    {
        var isFixed = part.Literal is not null || part.FixedDigits is not null
            || part.Integer is { IsOrdinal: true, Kind: NumeralKind.Digits };
        if (isFixed || taken.Length <= 1)
            return None;
        if (part.Integer?.Kind == NumeralKind.Words)
            return EnglishReading.Shorter(taken) is var words and > 0 ? words : None;
        var needsDigit = part.Integer?.Kind == NumeralKind.Digits;
        return !needsDigit || IntegerReading.IsDigit(taken[^2], part.Integer!) ? taken.Length - 1 : None;
    }

    private static int Run(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
            length++;
        return length;
    }

    private static int Digits(DatePart part, ReadOnlySpan<char> text)
    {
        var picture = part.Integer!;
        var count = 0;
        var at = 0;
        var end = 0;
        while (at < text.Length && count < (part.FixedDigits ?? int.MaxValue))
        {
            if (IntegerReading.IsDigit(text[at], picture))
            {
                count++;
                end = ++at;
                continue;
            }

            var separator = count == 0 ? 0 : IntegerReading.SeparatorLength(text[at..], picture);
            if (separator == 0)
                break;
            at += separator;
        }

        if (part.FixedDigits is { } digits && count < digits)
            return 0;
        if (!picture.IsOrdinal)
            return end;
        return IsOrdinalSuffix(text[end..]) ? end + SuffixLength : 0;
    }

    private static bool IsOrdinalSuffix(ReadOnlySpan<char> text) =>
        text.Length >= SuffixLength
        && ((ReadOnlySpan<string>)["st", "nd", "rd", "th"]).Contains(text[..SuffixLength].ToString().ToLowerInvariant());

    private static int Offset(DatePart part, ReadOnlySpan<char> text)
    {
        if (part.IsTraditional && text.StartsWith('Z'))
            return 1;
        var at = 0;
        if (part.Component == 'z')
        {
            if (!text.StartsWith(Greenwich, StringComparison.OrdinalIgnoreCase))
                return None;
            at = Greenwich.Length;
        }

        if (at == text.Length || text[at] is not ('+' or '-'))
            return None;
        return SignedDigits(text, at + 1, part.Integer!);
    }

    /// <summary>Up to four digits; where the picture has a separator, one stands between them.</summary>
    private static int SignedDigits(ReadOnlySpan<char> text, int at, IntegerPicture picture)
    {
        var count = 0;
        var end = at;
        var hasSeparator = picture.Separators.Length == 0;
        while (end < text.Length && count < MaxOffsetDigits)
        {
            var separator = count == 0 ? 0 : IntegerReading.SeparatorLength(text[end..], picture);
            if (end + separator == text.Length || !IntegerReading.IsDigit(text[end + separator], picture))
                break;
            hasSeparator |= separator > 0;
            end += separator + 1;
            count++;
        }

        return count == 0 || !hasSeparator ? None : end;
    }
}
