using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$round</c>: to a number of decimal places, halves to the even neighbour.</summary>
internal static class Rounding
{
    /// <summary>The places beyond which nothing changes: no double has digits there.</summary>
    private const int MaxPlaces = 400;

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

    /// <summary>The number with its decimal point moved, exact in the digits that are written.</summary>
    private static double Shift(double value, int places)
    {
        if (value == 0)
            return value;
        Span<char> text = stackalloc char[ScriptNumber.MaxLength + 8];
        value.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        var exponent = places;
        var e = text[..length].IndexOf('E');
        if (e >= 0)
        {
            exponent += int.Parse(text[(e + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            length = e;
        }

        text[length++] = 'E';
        exponent.TryFormat(text[length..], out var written, provider: CultureInfo.InvariantCulture);
        return double.Parse(text[..(length + written)], NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
