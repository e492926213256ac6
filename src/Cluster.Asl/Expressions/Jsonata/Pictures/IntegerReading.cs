using System.Globalization;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$parseInteger</c>: an integer read by a picture.</summary>
internal static class IntegerReading
{
    /// <summary>The number, or NaN where the text is none.</summary>
    /// <exception cref="JsonataException">D3130: the picture names no numerals that we know.</exception>
    public static double Read(ReadOnlySpan<char> text, IntegerPicture picture)
    {
        PictureLimits.Hold(text.Length, PictureLimits.MaxReadLength);
        return picture.Kind switch
        {
            NumeralKind.Digits => ReadDigits(text, picture),
            NumeralKind.Letters => LetterNumerals.Read(text),
            NumeralKind.Roman => RomanNumerals.Read(text),
            NumeralKind.Words => EnglishReading.Read(text),
            _ => throw picture.UnknownSequence(),
        };
    }

    /// <summary>Whether a character is one of the ten digits of the picture's family.</summary>
    public static bool IsDigit(char c, IntegerPicture picture) => (uint)(c - picture.Zero) < 10;

    /// <summary>The length of a separator of the picture at the start of a text; zero if there is none.</summary>
    public static int SeparatorLength(ReadOnlySpan<char> text, IntegerPicture picture)
    {
        foreach (var separator in picture.Separators)
        {
            if (text.StartsWith(separator.Text))
                return separator.Text.Length;
        }

        return 0;
    }

    /// <summary>Blanks and a sign may come first; what follows the last digit, as an ordinal's ending does, is not read.</summary>
    private static double ReadDigits(ReadOnlySpan<char> text, IntegerPicture picture)
    {
        text = text.TrimStart();
        var isNegative = text.StartsWith('-');
        if (isNegative || text.StartsWith('+'))
            text = text[1..];
        Span<char> digits = stackalloc char[PictureLimits.MaxReadLength];
        var count = 0;
        while (text.Length > 0)
        {
            var isDigit = IsDigit(text[0], picture);
            var separator = isDigit ? 0 : SeparatorLength(text, picture);
            if (isDigit)
                digits[count++] = (char)('0' + (text[0] - picture.Zero));
            else if (separator == 0)
                break;
            text = text[Math.Max(separator, 1)..];
        }

        if (count == 0)
            return double.NaN;
        var value = double.Parse(digits[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        return isNegative ? -value : value;
    }
}
