using System.Globalization;

namespace Cluster.Asl.Json;

/// <summary>The text of a double as JavaScript writes it: the shortest digits that read back as the same double.</summary>
internal static class ScriptNumber
{
    /// <summary>The integers up to here are exact, and their digits those of a 64-bit integer.</summary>
    private const double MaxExactInteger = 9_007_199_254_740_992;

    /// <summary>The power of ten from which an exponent is written: 1e21.</summary>
    private const int FirstLargeExponent = 21;

    /// <summary>The smallest power of ten that is written without an exponent: 0.000001.</summary>
    private const int LeastPlainExponent = -6;

    public static string Text(double value)
    {
        if (Math.Abs(value) <= MaxExactInteger && Math.Truncate(value) == value)
            return ((long)value).ToString(CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

        var digits = Digits(value, out var exponent);
        return Layout(value < 0, digits, exponent);
    }

    /// <summary>The significant digits of the shortest text, and the power of ten of the first of them.</summary>
    private static string Digits(double value, out int exponent)
    {
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture).AsSpan();
        var e = text.IndexOf('E');
        exponent = e < 0 ? 0 : int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (e >= 0)
            text = text[..e];
        var point = text.IndexOf('.');
        if (point < 0)
            point = text.Length;
        var first = text.IndexOfAnyInRange('1', '9');
        exponent += first < point ? point - first - 1 : point - first;
        return text[first..].ToString().Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
    }

    private static string Layout(bool negative, string digits, int exponent)
    {
        var sign = negative ? "-" : "";
        if (exponent is >= FirstLargeExponent or < LeastPlainExponent)
        {
            var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
            return $"{sign}{mantissa}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString(CultureInfo.InvariantCulture)}";
        }

        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits}{new string('0', exponent + 1 - digits.Length)}"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }
}
