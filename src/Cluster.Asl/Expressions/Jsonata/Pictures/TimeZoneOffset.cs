namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>How far a place's clock is ahead of UTC.</summary>
/// <param name="Minutes">Whole minutes, negative in the west.</param>
internal readonly record struct TimeZoneOffset(int Minutes)
{
    private const int MaxDigits = 4;
    private const int MinutesPerHour = 60;

    public long Millis => Minutes * CivilTime.MillisPerMinute;

    public int Hours => Math.Abs(Minutes) / MinutesPerHour;

    public int MinutesOfHour => Math.Abs(Minutes) % MinutesPerHour;

    /// <summary>
    /// Reads <c>+0530</c>, <c>-05:30</c>, <c>0000</c>, <c>-8</c>, <c>Z</c> or nothing; the last two digits of more than two are minutes.
    /// </summary>
    /// <returns>False for any other text.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out TimeZoneOffset offset)
    {
        offset = default;
        if (text is "" or "Z")
            return true;
        var isNegative = text.StartsWith('-');
        if (isNegative || text.StartsWith('+'))
            text = text[1..];
        var colon = text.IndexOf(':');
        var hasColon = colon >= 0;
        var hourDigits = hasColon ? text[..colon] : text.Length <= 2 ? text : text[..^2];
        var minuteDigits = hasColon ? text[(colon + 1)..] : text.Length <= 2 ? default : text[^2..];
        if (hourDigits.Length + minuteDigits.Length > MaxDigits
            || !TryReadDigits(hourDigits, out var hours)
            || (minuteDigits.Length != 2 && (hasColon || minuteDigits.Length != 0))
            || (minuteDigits.Length == 2 & !TryReadDigits(minuteDigits, out var minutes)))
            return false;
        var sum = (hours * MinutesPerHour) + minutes;
        offset = new TimeZoneOffset(isNegative ? -sum : sum);
        return true;
    }

    private static bool TryReadDigits(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = (value * 10) + (c - '0');
        }

        return digits.Length > 0;
    }
}
