namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// A moment in the proleptic Gregorian calendar, over the whole range of ECMAScript's dates: 100,000,000 days before and after 1970.
/// </summary>
internal readonly record struct CivilTime
{
    public const long MillisPerSecond = 1000;
    public const long MillisPerMinute = 60 * MillisPerSecond;
    public const long MillisPerHour = 60 * MillisPerMinute;
    public const long MillisPerDay = 24 * MillisPerHour;

    /// <summary>The furthest moment from 1970 on either side, in milliseconds.</summary>
    public const long MaxMillis = 100_000_000 * MillisPerDay;

    private const int MonthsPerYear = 12;
    private const int DaysPerWeek = 7;

    /// <summary>1970 began on a Thursday, three days after a Monday.</summary>
    private const int MondayOffset = 3;

    // Years are counted from a March, so that the day of a leap year comes last, and in eras of 400 years, which are all as long.
    private const int YearsPerEra = 400;
    private const int DaysPerEra = 146_097;
    private const int DaysFromEraTo1970 = 719_468;

    private readonly long _days;

    /// <summary>The moment, by the clock of a place.</summary>
    /// <param name="millis">Milliseconds since 1970, with the place's offset added.</param>
    public CivilTime(long millis)
    {
        _days = FloorDivide(millis, MillisPerDay);
        MillisOfDay = (int)(millis - (_days * MillisPerDay));
        var shifted = _days + DaysFromEraTo1970;
        var era = FloorDivide(shifted, DaysPerEra);
        var dayOfEra = (int)(shifted - (era * DaysPerEra));
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        Day = dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1;
        Month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        Year = (int)((era * YearsPerEra) + yearOfEra) + (Month <= 2 ? 1 : 0);
    }

    public int Year { get; }

    /// <summary>From 1.</summary>
    public int Month { get; }

    /// <summary>From 1.</summary>
    public int Day { get; }

    public int MillisOfDay { get; }

    public int Hour => (int)(MillisOfDay / MillisPerHour);

    public int Minute => (int)(MillisOfDay / MillisPerMinute % 60);

    public int Second => (int)(MillisOfDay / MillisPerSecond % 60);

    public int Millisecond => (int)(MillisOfDay % MillisPerSecond);

    /// <summary>From 1 to 366.</summary>
    public int DayOfYear => (int)(_days - Days(Year, 0, 1)) + 1;

    /// <summary>Monday is 1, Sunday 7.</summary>
    public int DayOfWeek => (int)(((_days + MondayOffset) % DaysPerWeek + DaysPerWeek) % DaysPerWeek) + 1;

    /// <summary>
    /// The Thursday of the same week. By ISO 8601 a week belongs to the year, and by XPath to the month, in which its Thursday lies.
    /// </summary>
    public CivilTime Thursday => new((_days - DayOfWeek + MondayOffset + 1) * MillisPerDay);

    /// <summary>The number of the week in the year that has its Thursday.</summary>
    public int WeekOfYear => ((Thursday.DayOfYear - 1) / DaysPerWeek) + 1;

    /// <summary>The number of the week in the month that has its Thursday.</summary>
    public int WeekOfMonth => ((Thursday.Day - 1) / DaysPerWeek) + 1;

    /// <summary>The days from 1970 to a date.</summary>
    /// <param name="year">Up to a million before or after zero.</param>
    /// <param name="month">From 0; a month beyond December counts on into later years.</param>
    /// <param name="day">From 1; a day beyond the month's last counts on.</param>
    public static long Days(long year, long month, long day)
    {
        year += FloorDivide(month, MonthsPerYear);
        month -= FloorDivide(month, MonthsPerYear) * MonthsPerYear;
        if (month <= 1)
            year--;
        var era = FloorDivide(year, YearsPerEra);
        var yearOfEra = year - (era * YearsPerEra);
        var monthFromMarch = month <= 1 ? month + 10 : month - 2;
        var dayOfYear = (((153 * monthFromMarch) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * DaysPerEra) + dayOfEra - DaysFromEraTo1970;
    }

    private static long FloorDivide(long value, long by) => (value / by) - (value % by < 0 ? 1 : 0);
}
