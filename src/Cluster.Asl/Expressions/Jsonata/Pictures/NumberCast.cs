using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Numbers as <c>$string</c> and the operator <c>&amp;</c> make texts of them.</summary>
internal static class NumberCast
{
    private const int MaxDigits = 17;
    private const int StringDigits = 15;
    private const string RoundedFormat = "E14";

    /// <summary>So many digits that nobody takes a number beside a half for one.</summary>
    private const int ExactDigits = 60;

    private const string ExactFormat = "E60";

    /// <summary>
    /// The text: a fraction is rounded to 15 significant digits, which hides what binary
    /// arithmetic leaves at the end.
    /// </summary>
    public static string Text(double value) => ScriptNumber.Text(Rounded(value));

    /// <summary>A number rounded to 15 significant digits, halves away from zero, if it is no integer.</summary>
    public static double Rounded(double value)
    {
        if (!double.IsFinite(value) || Math.Floor(value) == value)
            return value;
        Span<char> digits = stackalloc char[MaxDigits];
        var (count, _) = ScriptNumber.Digits(Math.Abs(value), digits);
        if (count <= StringDigits)
            return value;

        // Formatting rounds exact halves to even; a bit more than the half rounds up. A half has one digit more, and that is 5.
        if (count == StringDigits + 1 && digits[StringDigits] == '5')
            value = AboveHalf(value);
        Span<char> text = stackalloc char[ScriptNumber.MaxLength];
        value.TryFormat(text, out var length, RoundedFormat, CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The number, or one slightly further from zero if all its digits behind the fifteenth are a five.</summary>
    private static double AboveHalf(double value)
    {
        Span<char> text = stackalloc char[ExactDigits + ScriptNumber.MaxLength];
        value.TryFormat(text, out var length, ExactFormat, CultureInfo.InvariantCulture);
        var half = (value < 0 ? 1 : 0) + 1 + StringDigits;
        var rest = text[(half + 1)..text[..length].IndexOf('E')];
        if (rest.IndexOfAnyExcept('0') >= 0)
            return value;
        text[half] = '6';
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
