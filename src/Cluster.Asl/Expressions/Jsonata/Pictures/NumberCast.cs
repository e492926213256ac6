using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// Numbers as <c>$string</c> and the operator <c>&amp;</c> make texts of them: a fraction is rounded to 15 significant digits, halves away
/// from zero, which hides what binary arithmetic leaves at the end. Integers keep all their digits.
/// </summary>
internal static class NumberCast
{
    /// <summary>The longest text.</summary>
    public const int MaxLength = ScriptNumber.MaxLength;

    private const int KeptDigits = 15;
    private const string KeptFormat = "E14";
    private const int FormattedDigits = 17;
    private const string Format = "E16";

    /// <summary>So many digits that nobody takes a number beside a half for one.</summary>
    private const int ExactLength = 96;

    private const string ExactFormat = "E60";

    /// <summary>The text of a number.</summary>
    public static string Text(double value)
    {
        if (Math.Floor(value) == value)
            return ScriptNumber.Text(value);
        Span<char> text = stackalloc char[MaxLength];
        return text[..Write(value, text)].ToString();
    }

    /// <summary>Writes the text.</summary>
    /// <param name="value">A number.</param>
    /// <param name="to">Has room for <see cref="MaxLength"/> characters.</param>
    /// <returns>The length of the text.</returns>
    public static int Write(double value, Span<char> to)
    {
        if (!double.IsFinite(value) || Math.Floor(value) == value)
            return ScriptNumber.Write(value, to);
        if (double.IsSubnormal(value))
            return ScriptNumber.Write(Reread(value), to);
        Span<char> digits = stackalloc char[MaxLength];
        var exponent = SplitDigits(Math.Abs(value), digits);
        var count = KeptDigits;
        if (IsUp(value, digits[..FormattedDigits]) && IncrementOverflows(digits[..KeptDigits]))
        {
            // 9.99… has become 10.
            digits[0] = '1';
            count = 1;
            exponent++;
        }

        count = digits[..count].LastIndexOfAnyExcept('0') + 1;
        return ScriptNumber.Write(value < 0, digits[..count], exponent + 1, to);
    }

    /// <summary>The rounded number: the smallest numbers have fewer digits than fifteen, so their text is shorter.</summary>
    private static double Reread(double value)
    {
        Span<char> text = stackalloc char[MaxLength];
        value.TryFormat(text, out var length, KeptFormat, CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the first seventeen digits.</summary>
    /// <returns>The power of ten of the first.</returns>
    private static int SplitDigits(double magnitude, Span<char> digits)
    {
        Span<char> text = stackalloc char[MaxLength];
        magnitude.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        digits[0] = text[0];
        text.Slice(2, FormattedDigits - 1).CopyTo(digits[1..]);
        var exponent = text[(FormattedDigits + 2)..length];
        return int.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the kept digits are rounded up. Only where the last two are 50 it may lie on either side of the half.</summary>
    private static bool IsUp(double value, ReadOnlySpan<char> digits)
    {
        if (digits[KeptDigits] != '5' || digits[KeptDigits + 1] != '0')
            return digits[KeptDigits] >= '5';
        Span<char> exact = stackalloc char[ExactLength];
        Math.Abs(value).TryFormat(exact, out _, ExactFormat, CultureInfo.InvariantCulture);
        return exact[KeptDigits + 1] >= '5';
    }

    private static bool IncrementOverflows(Span<char> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] != '9')
            {
                digits[i]++;
                return false;
            }

            digits[i] = '0';
        }

        return true;
    }
}
