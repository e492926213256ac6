using System.Globalization;

namespace Cluster.Asl.Json;

/// <summary>
/// Numbers as ECMAScript writes them (Number::toString): the shortest digits that read back as the same number, in full from 1e-6 up to
/// below 1e21, with an exponent beyond.
/// </summary>
internal static class ScriptNumber
{
    /// <summary>The longest text of a number: a sign, a point, leading zeros or an exponent, and 17 digits or 21.</summary>
    public const int MaxLength = 32;

    /// <summary>The most digits of a shortest text.</summary>
    public const int MaxDigits = 17;

    private const int MaxPlainExponent = 21;
    private const int MinPlainExponent = -6;
    private const double ExactIntegers = 9_007_199_254_740_992;

    /// <summary>The text. NaN and the infinities have their names.</summary>
    public static string Text(double value)
    {
        if (IsPlainInteger(value))
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        Span<char> chars = stackalloc char[MaxLength];
        return chars[..Write(value, chars)].ToString();
    }

    /// <summary>Writes the text.</summary>
    /// <param name="value">Any number.</param>
    /// <param name="to">Has room for <see cref="MaxLength"/> characters.</param>
    /// <returns>The length of the text.</returns>
    public static int Write(double value, Span<char> to)
    {
        if (!double.IsFinite(value))
            return Put(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity", to);
        if (IsPlainInteger(value))
        {
            ((long)value).TryFormat(to, out var written, provider: CultureInfo.InvariantCulture);
            return written;
        }

        Span<char> digits = stackalloc char[MaxDigits];
        var (count, point) = Digits(Math.Abs(value), digits);
        return Write(value < 0, digits[..count], point, to);
    }

    /// <summary>Lays digits out, as which a number is ±0.d₁d₂d₃… × 10^point; the last of them is not zero.</summary>
    /// <returns>The length of the text.</returns>
    public static int Write(bool isNegative, ReadOnlySpan<char> digits, int point, Span<char> to)
    {
        var at = 0;
        if (isNegative)
            to[at++] = '-';
        return point is > MaxPlainExponent or <= MinPlainExponent
            ? at + WithExponent(digits, point - 1, to[at..])
            : at + Plain(digits, point, to[at..]);
    }

    /// <summary>The shortest digits of a positive number, which is 0.d₁d₂d₃… × 10^point.</summary>
    public static (int Count, int Point) Digits(double value, Span<char> digits)
    {
        Span<char> text = stackalloc char[MaxLength];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        var exponent = 0;
        var e = text[..length].IndexOf('E');
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            length = e;
        }

        var pointAt = text[..length].IndexOf('.');
        var count = 0;
        var leadingZeros = 0;
        foreach (var c in text[..length])
        {
            if (c == '.')
                continue;
            if (count == 0 && c == '0')
                leadingZeros++;
            else
                digits[count++] = c;
        }

        var point = (pointAt < 0 ? length : pointAt) - leadingZeros + exponent;
        while (digits[count - 1] == '0')
            count--;
        return (count, point);
    }

    private static bool IsPlainInteger(double value) => Math.Abs(value) < ExactIntegers && Math.Floor(value) == value;

    private static int Plain(ReadOnlySpan<char> digits, int point, Span<char> to)
    {
        if (point <= 0)
        {
            to[0] = '0';
            to[1] = '.';
            to.Slice(2, -point).Fill('0');
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        if (point >= digits.Length)
        {
            digits.CopyTo(to);
            to[digits.Length..point].Fill('0');
            return point;
        }

        digits[..point].CopyTo(to);
        to[point] = '.';
        digits[point..].CopyTo(to[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int WithExponent(ReadOnlySpan<char> digits, int exponent, Span<char> to)
    {
        var at = 0;
        to[at++] = digits[0];
        if (digits.Length > 1)
        {
            to[at++] = '.';
            digits[1..].CopyTo(to[at..]);
            at += digits.Length - 1;
        }

        to[at++] = 'e';
        to[at++] = exponent < 0 ? '-' : '+';
        Math.Abs(exponent).TryFormat(to[at..], out var written, provider: CultureInfo.InvariantCulture);
        return at + written;
    }

    private static int Put(string text, Span<char> to)
    {
        text.CopyTo(to);
        return text.Length;
    }
}
