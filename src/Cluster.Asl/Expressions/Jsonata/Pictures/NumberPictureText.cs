using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$formatNumber</c>: a number written by a picture.</summary>
internal static class NumberPictureText
{
    private const int StackChars = 128;

    /// <summary>The digits of the largest double before the point, a sign and the point.</summary>
    private const int MaxIntegerLength = 312;

    /// <summary>The digits before the point of a number with an exponent, beyond which powers of ten are no doubles.</summary>
    private const int MaxScalingDigits = 300;

    /// <summary>The text of a number.</summary>
    public static string Format(double value, NumberPicture picture)
    {
        var symbols = picture.Symbols;
        if (double.IsNaN(value))
            return symbols.NaN;
        var half = value < 0 ? picture.Negative : picture.Positive;
        var text = new TextBuilder(stackalloc char[StackChars]);
        text.Append(half.Prefix);
        var magnitude = Math.Abs(value) * half.Factor;
        if (double.IsInfinity(magnitude))
            text.Append(symbols.Infinity);
        else
            AppendNumber(ref text, magnitude, half, symbols);
        text.Append(half.Suffix);
        var result = text.ToString();
        text.Dispose();
        return result;
    }

    private static void AppendNumber(ref TextBuilder text, double magnitude, SubPicture half, NumberSymbols symbols)
    {
        var (mantissa, exponent) = half.MinExponentDigits == 0 ? (magnitude, 0) : Scale(magnitude, half.ScalingDigits);
        var rounded = Rounding.ToEven(mantissa, half.MaxFractionDigits);
        Span<char> fixedPoint = stackalloc char[MaxIntegerLength + half.MaxFractionDigits];
        Span<char> format = stackalloc char[ScriptNumber.MaxLength];
        format[0] = 'F';
        half.MaxFractionDigits.TryFormat(format[1..], out var places, provider: CultureInfo.InvariantCulture);
        rounded.TryFormat(fixedPoint, out var length, format[..(places + 1)], CultureInfo.InvariantCulture);
        ReadOnlySpan<char> digits = fixedPoint[..length];
        var point = digits.IndexOf('.');
        AppendInteger(ref text, (point < 0 ? digits : digits[..point]).TrimStart('0'), half, symbols);
        AppendFraction(ref text, point < 0 ? default : digits[(point + 1)..].TrimEnd('0'), half, symbols);
        if (half.MinExponentDigits == 0)
            return;
        text.Append(symbols.ExponentSeparator);
        if (exponent < 0)
            text.Append(symbols.MinusSign);
        Math.Abs(exponent).TryFormat(fixedPoint, out length, provider: CultureInfo.InvariantCulture);
        text.Append(symbols.Zero, Math.Max(half.MinExponentDigits - length, 0));
        foreach (var c in fixedPoint[..length])
            text.Append(DigitOf(c, symbols));
    }

    /// <summary>
    /// A number as mantissa and power of ten. Step by step, as the reference does it: a mantissa that is exactly the power of ten above
    /// stays.
    /// </summary>
    private static (double Mantissa, int Exponent) Scale(double magnitude, int digits)
    {
        PictureLimits.Hold(digits, MaxScalingDigits);
        if (magnitude == 0)
            return (magnitude, 0);
        var max = Math.Pow(10, digits);
        var min = Math.Pow(10, digits - 1);
        var exponent = 0;
        for (; magnitude < min; magnitude *= 10)
            exponent--;
        for (; magnitude > max; magnitude /= 10)
            exponent++;
        return (magnitude, exponent);
    }

    private static void AppendInteger(ref TextBuilder text, scoped ReadOnlySpan<char> digits, SubPicture half, NumberSymbols symbols)
    {
        var length = Math.Max(digits.Length, half.MinIntegerDigits);
        for (var right = length; right > 0; right--)
        {
            var at = digits.Length - right;
            text.Append(at < 0 ? symbols.Zero : DigitOf(digits[at], symbols));
            var left = right - 1;
            var isGroup = half.IntegerInterval > 0
                ? left > 0 && left % half.IntegerInterval == 0
                : half.IntegerGroups.Length > 0 && Array.IndexOf(half.IntegerGroups, left) >= 0;
            if (isGroup)
                text.Append(symbols.GroupingSeparator);
        }
    }

    private static void AppendFraction(ref TextBuilder text, scoped ReadOnlySpan<char> digits, SubPicture half, NumberSymbols symbols)
    {
        var length = Math.Max(digits.Length, half.MinFractionDigits);
        if (length == 0)
            return;
        text.Append(symbols.DecimalSeparator);
        for (var i = 0; i < length; i++)
        {
            if (half.FractionGroups.Length > 0 && Array.IndexOf(half.FractionGroups, i) >= 0)
                text.Append(symbols.GroupingSeparator);
            text.Append(i < digits.Length ? DigitOf(digits[i], symbols) : symbols.Zero);
        }
    }

    private static char DigitOf(char ascii, NumberSymbols symbols) => (char)(symbols.Zero + (ascii - '0'));
}
