using System.Globalization;
using System.Text;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Reads integer pictures: <c>primary</c> or <c>primary;modifier</c>; a modifier that starts with o asks for ordinals.</summary>
internal static class IntegerPictureParser
{
    private const char OptionalDigit = '#';

    public static IntegerPicture Parse(ReadOnlySpan<char> picture)
    {
        var semicolon = picture.LastIndexOf(';');
        var isOrdinal = semicolon >= 0 && picture[(semicolon + 1)..].StartsWith('o');
        var primary = semicolon < 0 ? picture : picture[..semicolon];
        var parsed = primary switch
        {
            "A" => new IntegerPicture { Kind = NumeralKind.Letters, Case = LetterCase.Upper },
            "a" => new IntegerPicture { Kind = NumeralKind.Letters },
            "I" => new IntegerPicture { Kind = NumeralKind.Roman, Case = LetterCase.Upper },
            "i" => new IntegerPicture { Kind = NumeralKind.Roman },
            "W" => new IntegerPicture { Kind = NumeralKind.Words, Case = LetterCase.Upper },
            "w" => new IntegerPicture { Kind = NumeralKind.Words },
            "Ww" => new IntegerPicture { Kind = NumeralKind.Words, Case = LetterCase.Title },
            _ => Digits(primary),
        };
        return parsed with { IsOrdinal = isOrdinal };
    }

    private static IntegerPicture Digits(ReadOnlySpan<char> primary)
    {
        var zero = '\0';
        var mandatory = 0;
        var optional = 0;
        var separators = new List<GroupSeparator>();
        for (var end = primary.Length; end > 0;)
        {
            Rune.DecodeLastFromUtf16(primary[..end], out var rune, out var units);
            var digit = units == 1 && char.IsDigit(primary[end - 1]) ? CharUnicodeInfo.GetDecimalDigitValue(primary[end - 1]) : -1;
            if (digit >= 0)
            {
                var family = (char)(primary[end - 1] - digit);
                if (zero != '\0' && zero != family)
                    throw JsonataErrors.Of("D3131");
                zero = family;
                mandatory++;
            }
            else if (primary[end - 1] == OptionalDigit)
                optional++;
            else
                separators.Add(new GroupSeparator(mandatory + optional, primary[(end - units)..end].ToString()));
            end -= units;
        }

        if (mandatory == 0)
            return new IntegerPicture { Kind = NumeralKind.Unknown, Primary = primary.ToString() };
        return new IntegerPicture
        {
            Zero = zero,
            MandatoryDigits = mandatory,
            OptionalDigits = optional,
            Separators = [.. separators],
            Interval = separators.TrueForAll(s => string.Equals(s.Text, separators[0].Text, StringComparison.Ordinal))
                ? Grouping.Interval([.. separators.Select(s => s.Position)])
                : 0,
        };
    }
}
