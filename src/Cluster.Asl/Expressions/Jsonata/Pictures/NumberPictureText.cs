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

    /// <summary>Up to so many decimal places a number that is not large is an integer of as many digits as are exact.</summary>
    private const int MaxShortPlaces = 15;

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
        Span<char> fixedPoint = stackalloc char[MaxIntegerLength + half.MaxFractionDigits];
        var length = WriteFixed(mantissa, half.MaxFractionDigits, fixedPoint);
        ReadOnlySpan<char> digits = fixedPoint[..length];
        AppendInteger(ref text, digits[..^half.MaxFractionDigits].TrimStart('0'), half, symbols);
        AppendFraction(ref text, digits[^half.MaxFractionDigits..].TrimEnd('0'), half, symbols);
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

    /// <summary>Writes a rounded number with so many decimal places, and without the point.</summary>
    private static int WriteFixed(double number, int places, Span<char> to)
    {
        int length;
        if (places <= MaxShortPlaces && Rounding.TryScale(number, places, out var scaled))
        {
            // A zero in front of each place that the integer doesn't reach.
            scaled.TryFormat(to, out length, provider: CultureInfo.InvariantCulture);
            if (length >= places)
                return length;
            to[..length].CopyTo(to[(places - length)..]);
            to[..(places - length)].Fill('0');
            return places;
        }

        Span<char> format = stackalloc char[ScriptNumber.MaxLength];
        format[0] = 'F';
        places.TryFormat(format[1..], out var written, provider: CultureInfo.InvariantCulture);
        Rounding.ToEven(number, places).TryFormat(to, out length, format[..(written + 1)], CultureInfo.InvariantCulture);
        if (places == 0)
            return length;
        to[(length - places)..length].CopyTo(to[(length - places - 1)..]);
        return length - 1;
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
        var group = half.IntegerGroups.Length - 1;
        for (var right = Math.Max(digits.Length, half.MinIntegerDigits); right > 0; right--)
        {
            var at = digits.Length - right;
            text.Append(at < 0 ? symbols.Zero : DigitOf(digits[at], symbols));
            var left = right - 1;
            while (group >= 0 && half.IntegerGroups[group] > left)
                group--;
            var isGroup = half.IntegerInterval > 0
                ? left > 0 && left % half.IntegerInterval == 0
                : group >= 0 && half.IntegerGroups[group] == left;
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
        var group = 0;
        for (var i = 0; i < length; i++)
        {
            while (group < half.FractionGroups.Length && half.FractionGroups[group] < i)
                group++;
            if (group < half.FractionGroups.Length && half.FractionGroups[group] == i)
                text.Append(symbols.GroupingSeparator);
            text.Append(i < digits.Length ? DigitOf(digits[i], symbols) : symbols.Zero);
        }
    }

    private static char DigitOf(char ascii, NumberSymbols symbols) => (char)(symbols.Zero + (ascii - '0'));
}
