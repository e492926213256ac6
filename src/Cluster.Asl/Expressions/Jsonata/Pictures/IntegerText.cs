using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$formatInteger</c>: an integer written by a picture.</summary>
internal static class IntegerText
{
    private const int StackChars = 128;

    /// <summary>The exponent of ten up to which digits are written: that of the largest double.</summary>
    private const int MaxDigits = 310;

    private const double ExactIntegers = 9_007_199_254_740_992;

    /// <summary>The text of a number, which is rounded down first.</summary>
    /// <exception cref="JsonataException">D3130: the picture names no numerals that we know.</exception>
    public static string Format(double value, IntegerPicture picture)
    {
        if (!double.IsFinite(value))
            return ScriptNumber.Text(value);
        var text = new TextBuilder(stackalloc char[StackChars]);
        Append(ref text, Math.Floor(value), picture);
        var result = text.ToString();
        text.Dispose();
        return result;
    }

    /// <summary>Appends an integer of any size.</summary>
    /// <exception cref="JsonataException">D3130: the picture names no numerals that we know.</exception>
    public static void Append(ref TextBuilder text, double integer, IntegerPicture picture)
    {
        if (integer < 0)
            text.Append('-');
        integer = Math.Abs(integer);
        switch (picture.Kind)
        {
            case NumeralKind.Digits:
                AppendDigits(ref text, integer, picture);
                break;
            case NumeralKind.Letters:
                LetterNumerals.Append(ref text, integer, picture.Case == LetterCase.Upper);
                break;
            case NumeralKind.Roman:
                RomanNumerals.Append(ref text, integer, picture.Case == LetterCase.Upper);
                break;
            case NumeralKind.Words:
                EnglishNumbers.Append(ref text, integer, picture.IsOrdinal, picture.Case);
                break;
            case NumeralKind.Unknown:
                throw picture.UnknownSequence();
            default:
                throw new InvalidOperationException($"No numerals of kind {picture.Kind}.");
        }
    }

    /// <summary>The ending of an ordinal in digits: of 1 st, of 2 nd, of 3 rd, of 11 to 13 and all others th.</summary>
    private static string OrdinalSuffix(double integer) => ((int)(integer % 10), (int)(integer % 100)) switch
    {
        (1, not 11) => "st",
        (2, not 12) => "nd",
        (3, not 13) => "rd",
        _ => "th",
    };

    private static void AppendDigits(ref TextBuilder text, double integer, IntegerPicture picture)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        int length;
        if (integer < ExactIntegers)
        {
            ((long)integer).TryFormat(digits, out length, provider: CultureInfo.InvariantCulture);
        }
        else
        {
            Span<char> significant = stackalloc char[ScriptNumber.MaxDigits];
            var (count, point) = ScriptNumber.Digits(integer, significant);
            significant[..count].CopyTo(digits);
            digits[count..point].Fill('0');
            length = point;
        }

        PictureLimits.Hold(picture.MandatoryDigits, PictureLimits.MaxWidth);
        var offset = picture.Zero - '0';
        var separator = picture.Separators.Length - 1;
        for (var right = Math.Max(length, picture.MandatoryDigits); right > 0; right--)
        {
            text.Append((char)((right > length ? '0' : digits[length - right]) + offset));
            AppendSeparators(ref text, right - 1, picture, ref separator);
        }

        if (picture.IsOrdinal)
            text.Append(OrdinalSuffix(integer));
    }

    /// <summary>Appends what stands before the last so many digits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The number of digits that follow.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="separator">The next separator from the left that may stand here or further right.</param>
    private static void AppendSeparators(ref TextBuilder text, int position, IntegerPicture picture, ref int separator)
    {
        if (picture.Interval > 0)
        {
            if (position > 0 && position % picture.Interval == 0)
                text.Append(picture.Separators[0].Text);
            return;
        }

        for (; separator >= 0 && picture.Separators[separator].Position >= position; separator--)
        {
            if (picture.Separators[separator].Position == position)
                text.Append(picture.Separators[separator].Text);
        }
    }
}
