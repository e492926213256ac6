using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$round</c>: to a number of decimal places, halves to the even neighbour.</summary>
internal static class Rounding
{
    /// <summary>The places beyond which nothing changes: no double has digits there.</summary>
    private const int MaxPlaces = 400;

    private const int ShortDigits = 15;
    private const double MaxShortInteger = 1e15;

    /// <summary>The powers that are exact.</summary>
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Rounds the number as it is written in its shortest digits, so that 4.515 is a half to two places although the double lies beside it.
    /// </summary>
    /// <param name="value">A finite number.</param>
    /// <param name="places">Decimal places; negative ones stand left of the point.</param>
    /// <returns>Never negative zero.</returns>
    public static double ToEven(double value, int places)
    {
        if (!double.IsFinite(value))
            return value;
        places = Math.Clamp(places, -MaxPlaces, MaxPlaces);
        if (places == 0)
            return Math.Round(value, MidpointRounding.ToEven) + 0.0;
        var scaled = Shift(value, places);
        if (!double.IsFinite(scaled))
            return value;
        return Shift(Math.Round(scaled, MidpointRounding.ToEven), -places) + 0.0;
    }

    /// <summary>The rounded number times ten to the power of the places, if that is an integer of at most 15 digits.</summary>
    public static bool TryScale(double value, int places, out long scaled)
    {
        var rounded = Math.Round(Shift(value, places), MidpointRounding.ToEven);
        var isShort = Math.Abs(rounded) < MaxShortInteger;
        scaled = isShort ? (long)rounded : 0;
        return isShort;
    }

    /// <summary>The number with its decimal point moved, exact in the digits that are written.</summary>
    private static double Shift(double value, int places)
    {
        if (value == 0 || places == 0)
            return value;
        Span<char> text = stackalloc char[ScriptNumber.MaxDigits + ScriptNumber.MaxLength];
        var (count, point) = ScriptNumber.Digits(Math.Abs(value), text);
        var exponent = point - count + places;
        double shifted;
        if (count <= ShortDigits && Math.Abs(exponent) < PowersOfTen.Length)
        {
            // Both sides are exact, so the one operation rounds as reading the text would.
            var mantissa = 0L;
            foreach (var c in text[..count])
                mantissa = (mantissa * 10) + (c - '0');
            shifted = exponent < 0 ? mantissa / PowersOfTen[-exponent] : mantissa * PowersOfTen[exponent];
        }
        else
        {
            text[count] = 'E';
            exponent.TryFormat(text[(count + 1)..], out var written, provider: CultureInfo.InvariantCulture);
            shifted = double.Parse(text[..(count + 1 + written)], NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return value < 0 ? -shifted : shifted;
    }
}
