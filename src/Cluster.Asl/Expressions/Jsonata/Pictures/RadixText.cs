using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$formatBase</c>: an integer in another number system, with the digits 0–9 and a–z.</summary>
internal static class RadixText
{
    public const int MinRadix = 2;
    public const int MaxRadix = 36;

    private const int DecimalRadix = 10;

    /// <summary>The longest text: the digits of the largest double in base 2, and a sign.</summary>
    private const int MaxLength = 1026;

    /// <summary>
    /// As long as a number without its last digit is from here on, that digit is written as zero: doubles have no bits for it.
    /// </summary>
    private const double ExactIntegers = 9_007_199_254_740_992;

    /// <summary>Writes the number after rounding it, halves to even.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="radix">From 2 to 36.</param>
    public static string Format(double value, int radix)
    {
        if (!double.IsFinite(value))
            return ScriptNumber.Text(value);
        var integer = Math.Abs(Rounding.ToEven(value, 0));
        if (radix == DecimalRadix)
            return ScriptNumber.Text(value < 0 ? -integer : integer);
        Span<char> chars = stackalloc char[MaxLength];
        var at = MaxLength;
        for (; integer / radix >= ExactIntegers; integer /= radix)
            chars[--at] = '0';
        do
        {
            var digit = (int)(integer % radix);
            chars[--at] = (char)(digit < DecimalRadix ? '0' + digit : 'a' + digit - DecimalRadix);
            integer = Math.Floor((integer - digit) / radix);
        }
        while (integer > 0);
        if (value < 0 && !chars[at..].SequenceEqual("0"))
            chars[--at] = '-';
        return chars[at..].ToString();
    }
}
