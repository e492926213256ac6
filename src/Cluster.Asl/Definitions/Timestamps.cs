namespace Cluster.Asl.Definitions;

/// <summary>
/// RFC 3339 timestamps as AWS takes them: an upper-case <c>T</c>, seconds, any number of decimals, and a zone
/// (<c>Z</c> or an offset). The one place for Wait states and Choice rules.
/// </summary>
public static class Timestamps
{
    /// <summary>The shortest timestamp: <c>2016-03-14T01:59:00Z</c>.</summary>
    private const int ShortestLength = 20;

    /// <summary>The largest offset from UTC, in hours, that the zone may have.</summary>
    private const int MaxOffsetHours = 18;

    /// <summary>Parses a timestamp into Unix milliseconds, rounded up so that nothing that waits for it is early.</summary>
    public static bool TryParseUnixMilliseconds(string text, out long unixMilliseconds)
    {
        if (!TryParse(text, out var instant))
        {
            unixMilliseconds = 0;
            return false;
        }

        unixMilliseconds = instant.UnixMillisecondsRoundedUp;
        return true;
    }

    /// <summary>Parses a timestamp exactly, with all its decimals.</summary>
    internal static bool TryParse(string text, out Instant instant)
    {
        instant = default;
        if (text.Length < ShortestLength || text is not [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, ..])
            return false;
        if (!Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)
            || !Digits(text, 11, 2, out var hour) || !Digits(text, 14, 2, out var minute) || !Digits(text, 17, 2, out var second))
        {
            return false;
        }

        if (month is < 1 or > 12 || day < 1 || day > DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        var at = 19;
        if (!Fraction(text, ref at, out var fraction) || !Zone(text, at, out var offsetMinutes))
            return false;
        var seconds = (((((DaysSinceEpoch(year, month, day) * 24) + hour) * 60) + minute - offsetMinutes) * 60) + second;
        instant = new Instant(seconds, fraction);
        return true;
    }

    private static bool Digits(string text, int start, int count, out int value)
    {
        value = 0;
        for (var i = start; i < start + count; i++)
        {
            if (i >= text.Length || !char.IsAsciiDigit(text[i]))
                return false;
            value = (value * 10) + (text[i] - '0');
        }

        return true;
    }

    private static bool Fraction(string text, ref int at, out string digits)
    {
        digits = "";
        if (at >= text.Length || text[at] != '.')
            return true;
        var start = ++at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        digits = text[start..at].TrimEnd('0');
        return at > start;
    }

    private static bool Zone(string text, int at, out int offsetMinutes)
    {
        offsetMinutes = 0;
        var zone = text.AsSpan(Math.Min(at, text.Length));
        if (zone is ['Z'])
            return true;
        if (zone is not [('+' or '-') and var sign, _, _, ':', _, _]
            || !Digits(text, at + 1, 2, out var hours) || !Digits(text, at + 4, 2, out var minutes))
        {
            return false;
        }

        var total = (hours * 60) + minutes;
        if (minutes > 59 || total > MaxOffsetHours * 60)
            return false;
        offsetMinutes = sign == '-' ? -total : total;
        return true;
    }

    private static bool IsLeapYear(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => IsLeapYear(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days from 1970-01-01 in the proleptic Gregorian calendar; counts years from March, so that a leap day comes last.</summary>
    private static long DaysSinceEpoch(int year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = (y >= 0 ? y : y - 399) / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return ((long)era * 146097) + dayOfEra - 719468;
    }
}

/// <summary>A point in time of any precision.</summary>
/// <param name="UnixSeconds">Whole seconds since 1970, rounded down.</param>
/// <param name="Fraction">The decimals of the second without trailing zeros, so that ordinal order is their order.</param>
internal readonly record struct Instant(long UnixSeconds, string Fraction)
{
    private const int MillisecondDigits = 3;

    public long UnixMillisecondsRoundedUp
    {
        get
        {
            var milliseconds = UnixSeconds * 1000;
            for (int i = 0, unit = 100; i < MillisecondDigits && i < Fraction.Length; i++, unit /= 10)
                milliseconds += (Fraction[i] - '0') * unit;
            return Fraction.Length > MillisecondDigits ? milliseconds + 1 : milliseconds;
        }
    }

    public static int Compare(Instant left, Instant right) =>
        left.UnixSeconds != right.UnixSeconds
            ? left.UnixSeconds.CompareTo(right.UnixSeconds)
            : string.CompareOrdinal(left.Fraction, right.Fraction);
}
