using System.Globalization;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// Texts that <c>$number</c> takes: a number as JSON writes it, leading zeros allowed, or an integer with a prefix 0x, 0o or 0b. No
/// blanks and no plus sign.
/// </summary>
internal static class NumberText
{
    /// <summary>Reads a text as a whole.</summary>
    /// <returns>False for any other text, and for a number too large to be finite.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out double value)
    {
        value = 0;
        if (text.Length > 2 && text[0] == '0' && RadixOf(text[1]) is var radix and > 0)
            return TryReadDigits(text[2..], radix, out value);
        return IsDecimal(text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    private static int RadixOf(char prefix) => prefix switch
    {
        'x' or 'X' => 16,
        'o' or 'O' => 8,
        'b' or 'B' => 2,
        _ => 0,
    };

    private static bool IsDecimal(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('-'))
            text = text[1..];
        if (!TrySkipDigits(ref text))
            return false;
        if (text.StartsWith('.'))
        {
            text = text[1..];
            if (!TrySkipDigits(ref text))
                return false;
        }

        if (text.Length == 0 || text[0] is not ('e' or 'E'))
            return text.Length == 0;
        text = text[1..];
        if (text.Length > 0 && text[0] is '+' or '-')
            text = text[1..];
        return TrySkipDigits(ref text) && text.Length == 0;
    }

    private static bool TrySkipDigits(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        if (end < 0)
            end = text.Length;
        text = text[end..];
        return end > 0;
    }

    /// <summary>The nearest double of digits of a power of two: beyond 53 bits it is rounded to even, all that follows counted.</summary>
    private static bool TryReadDigits(ReadOnlySpan<char> digits, int radix, out double value)
    {
        const int KeptBits = 59;
        const ulong Full = 1UL << KeptBits;
        var bits = radix switch { 16 => 4, 8 => 3, _ => 1 };
        var kept = 0UL;
        var dropped = 0L;
        value = 0;
        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
                return false;
            if (kept < Full)
                kept = (kept << bits) | (uint)digit;
            else
            {
                // A bit that stands for all that was dropped: only whether there was any counts for rounding.
                kept |= digit == 0 ? 0UL : 1UL;
                dropped += bits;
            }
        }

        value = double.ScaleB(kept, (int)Math.Min(dropped, int.MaxValue));
        return double.IsFinite(value);
    }
}
