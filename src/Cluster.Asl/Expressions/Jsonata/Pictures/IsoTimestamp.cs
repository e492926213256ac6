namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// <c>$toMillis</c> without a picture: <c>YYYY</c>, <c>YYYY-MM</c> or <c>YYYY-MM-DD</c>, then maybe a time <c>Thh:mm:ss</c> with a
/// fraction, then maybe <c>Z</c> or an offset. Without an offset it is UTC.
/// </summary>
internal static class IsoTimestamp
{
    private const int MillisDigits = 3;

    /// <summary>The milliseconds since 1970.</summary>
    /// <returns>False for any other text, and where a part is out of range. A 31st of a shorter month counts on into the next.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out double millis)
    {
        millis = 0;
        int month = 1, day = 1;
        if (!TryTake(ref text, 4, 9999, out var year))
            return false;
        if (TrySkip(ref text, '-'))
        {
            if (!TryTake(ref text, 2, 12, out month) || month == 0)
                return false;
            if (TrySkip(ref text, '-') && (!TryTake(ref text, 2, 31, out day) || day == 0))
                return false;
        }

        millis = CivilTime.Days(year, month - 1, day) * (double)CivilTime.MillisPerDay;
        var hasTime = TrySkip(ref text, 'T');
        if (hasTime)
        {
            if (!TryTakeTime(ref text, out var time))
                return false;
            millis += time;
        }

        if (text is "" or "Z")
            return true;
        if (!hasTime || !TryTakeOffset(ref text, out var minutes))
            return false;
        millis -= minutes * CivilTime.MillisPerMinute;
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<char> text, out long millis)
    {
        millis = 0;
        if (!TryTake(ref text, 2, 24, out var hour) || !TrySkip(ref text, ':')
            || !TryTake(ref text, 2, 59, out var minute) || !TrySkip(ref text, ':')
            || !TryTake(ref text, 2, 59, out var second))
            return false;
        var fraction = 0;
        if (TrySkip(ref text, '.'))
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            digits = digits < 0 ? text.Length : digits;
            for (var i = 0; i < MillisDigits; i++)
                fraction = (fraction * 10) + (i < digits ? text[i] - '0' : 0);
            text = text[digits..];
        }

        millis = (hour * CivilTime.MillisPerHour) + (minute * CivilTime.MillisPerMinute) + (second * CivilTime.MillisPerSecond) + fraction;

        // 24:00 is the end of the day, and nothing lies beyond.
        return millis <= CivilTime.MillisPerDay;
    }

    private static bool TryTakeOffset(ref ReadOnlySpan<char> text, out long minutes)
    {
        minutes = 0;
        var isNegative = text[0] == '-';
        if ((!TrySkip(ref text, '+') && !TrySkip(ref text, '-')) || !TryTake(ref text, 2, 23, out var hours))
            return false;
        _ = TrySkip(ref text, ':');
        if (!TryTake(ref text, 2, 59, out var rest))
            return false;
        minutes = (hours * 60) + rest;
        if (isNegative)
            minutes = -minutes;
        return text.Length == 0;
    }

    /// <summary>Skips a sign that a digit follows.</summary>
    private static bool TrySkip(ref ReadOnlySpan<char> text, char sign)
    {
        if (text.Length < 2 || text[0] != sign || !char.IsAsciiDigit(text[1]))
            return false;
        text = text[1..];
        return true;
    }

    private static bool TryTake(ref ReadOnlySpan<char> text, int digits, int max, out int value)
    {
        value = 0;
        if (text.Length < digits)
            return false;
        foreach (var c in text[..digits])
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = (value * 10) + (c - '0');
        }

        text = text[digits..];
        return value <= max;
    }
}
