namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Roman numerals; thousands are as many M.</summary>
internal static class RomanNumerals
{
    private const int Thousand = 1000;

    private static readonly (int Value, string Upper, string Lower)[] Below =
    [
        (900, "CM", "cm"), (500, "D", "d"), (400, "CD", "cd"), (100, "C", "c"), (90, "XC", "xc"), (50, "L", "l"),
        (40, "XL", "xl"), (10, "X", "x"), (9, "IX", "ix"), (5, "V", "v"), (4, "IV", "iv"), (1, "I", "i"),
    ];

    /// <summary>Appends the numeral; zero has none.</summary>
    /// <exception cref="JsonataException">The number is above <see cref="PictureLimits.MaxRoman"/>.</exception>
    public static void Append(ref TextBuilder text, double integer, bool isUpper)
    {
        PictureLimits.Hold(integer, PictureLimits.MaxRoman);
        var rest = (int)integer;
        text.Append(isUpper ? 'M' : 'm', rest / Thousand);
        rest %= Thousand;
        foreach (var (value, upper, lower) in Below)
        {
            for (; rest >= value; rest -= value)
                text.Append(isUpper ? upper : lower);
        }
    }

    /// <summary>Whether a character is a Roman digit, in either case.</summary>
    public static bool IsDigit(char c) => ValueOf(c) > 0;

    /// <summary>The number: a digit before a larger one is taken off. NaN if there is anything but Roman digits.</summary>
    public static double Read(ReadOnlySpan<char> text)
    {
        var value = 0.0;
        var largest = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            var digit = ValueOf(text[i]);
            if (digit == 0)
                return double.NaN;
            value += digit < largest ? -digit : digit;
            largest = Math.Max(largest, digit);
        }

        return value;
    }

    private static int ValueOf(char c) => c switch
    {
        'M' or 'm' => 1000,
        'D' or 'd' => 500,
        'C' or 'c' => 100,
        'L' or 'l' => 50,
        'X' or 'x' => 10,
        'V' or 'v' => 5,
        'I' or 'i' => 1,
        _ => 0,
    };
}
