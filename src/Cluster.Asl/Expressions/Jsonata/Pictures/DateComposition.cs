namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// Makes a moment of what was read. Components larger than all that were read come from now, smaller ones are the least; a gap in
/// between is a fault.
/// </summary>
internal static class DateComposition
{
    private const string DateComponents = "YXMxWwdD";
    private const string TimeComponents = "PHhmsf";

    /// <summary>Larger components make a moment out of range whatever the others are.</summary>
    private const double MaxComponent = 1e16;

    private const long MaxYear = 400_000;
    private const long MaxDays = 1_000_000_000;
    private const int MonthsPerYear = 12;
    private const int HalfDay = 12;

    /// <summary>Years below this, unless written in full, are of the twentieth century.</summary>
    private const int Century = 100;

    private const int TwentiethCentury = 1900;

    /// <summary>The milliseconds since 1970, or NaN if no date is so far away.</summary>
    /// <exception cref="JsonataException">D3136: a component is missing, or weeks cannot be composed.</exception>
    public static double Compose(ref DateFields fields, double now)
    {
        // Years of weeks are written but, as in the reference, never read.
        if (fields.HasOnly("Xxw", DateComponents) || fields.HasOnly("XW", DateComponents))
            throw JsonataErrors.Of("D3136");
        var isDayOfYear = !fields.HasOnly("YMD", DateComponents) && fields.HasOnly("Yd", DateComponents);
        var isHalfDay = !fields.HasOnly("Hmsf", TimeComponents) && fields.HasOnly("Phmsf", TimeComponents);
        Complete(ref fields, isDayOfYear ? "Yd" : "YMD", isHalfDay ? "Phmsf" : "Hmsf", now);
        if (isHalfDay)
            fields['H'] = (fields['h'] == HalfDay ? 0 : fields['h']) + (fields['P'] == 1 ? HalfDay : 0);
        var millis = Moment(ref fields, isDayOfYear) - (fields.OffsetMinutes * (double)CivilTime.MillisPerMinute);
        return Math.Abs(millis) <= CivilTime.MaxMillis ? millis : double.NaN;
    }

    private static void Complete(ref DateFields fields, string date, string time, double now)
    {
        var clock = new CivilTime((long)now);
        var hasStarted = false;
        var hasEnded = false;
        foreach (var component in date + time)
        {
            if (fields.Has(component))
            {
                if (hasEnded)
                    throw JsonataErrors.Of("D3136");
                hasStarted = true;
            }
            else if (hasStarted)
            {
                fields[component] = date.Contains(component) ? 1 : 0;
                hasEnded = true;
            }
            else
                fields[component] = DatePictureText.ValueOf(component, clock);
        }
    }

    private static double Moment(ref DateFields fields, bool isDayOfYear)
    {
        foreach (var component in isDayOfYear ? "YdHmsf" : "YMDHmsf")
        {
            if (!(fields[component] <= MaxComponent))
                return double.NaN;
        }

        var year = (long)fields['Y'];
        if (year < Century && !fields.IsFullYear)
            year += TwentiethCentury;

        // A month zero is taken as the first.
        var month = isDayOfYear ? 0 : Math.Max((long)fields['M'] - 1, 0);
        var day = (long)fields[isDayOfYear ? 'd' : 'D'];
        if (year > MaxYear || month > MaxYear * MonthsPerYear || day > MaxDays)
            return double.NaN;
        return (CivilTime.Days(year, month, day) * (double)CivilTime.MillisPerDay)
            + (fields['H'] * CivilTime.MillisPerHour)
            + (fields['m'] * CivilTime.MillisPerMinute)
            + (fields['s'] * CivilTime.MillisPerSecond)
            + fields['f'];
    }
}
