using System.Diagnostics;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$fromMillis</c>: a moment written by a picture, or as ISO 8601.</summary>
internal static class DatePictureText
{
    private const int StackChars = 128;
    private const int HalfDay = 12;
    private const int HoursAndMinutes = 100;

    /// <summary>What is written where there is no picture.</summary>
    private const string IsoPicture = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

    /// <summary>Minutes after an hour that is written without them.</summary>
    private const string MinutesPicture = "00";

    /// <summary>The text of a moment.</summary>
    /// <param name="millis">Milliseconds since 1970; a fraction is cut off.</param>
    /// <param name="picture">The picture, or null for ISO 8601.</param>
    /// <param name="offset">The place's clock.</param>
    /// <exception cref="JsonataException">
    /// D1001: no date is so far away. D3130 to D3135: the picture is malformed or asks for what cannot be written.
    /// </exception>
    public static string Format(double millis, string? picture, TimeZoneOffset offset)
    {
        var parts = DatePicture.Of(picture ?? IsoPicture).Parts;
        if (!(Math.Abs(millis) <= CivilTime.MaxMillis))
            throw JsonataErrors.Of("D1001", value: new Json.JsonNumber(ScriptNumber.Text(millis)));
        var time = new CivilTime((long)millis + offset.Millis);
        var text = new TextBuilder(stackalloc char[StackChars]);
        foreach (var part in parts)
        {
            if (part.Literal is not null)
                text.Append(part.Literal);
            else
                Append(ref text, part, time, offset);
            PictureLimits.Hold(text.Length, JsonataLimits.StepFunctions.MaxStringLength);
        }

        var result = text.ToString();
        text.Dispose();
        return result;
    }

    private static void Append(ref TextBuilder text, DatePart part, CivilTime time, TimeZoneOffset offset)
    {
        switch (part.Component)
        {
            case 'P':
                AppendHalf(ref text, time.Hour < HalfDay, part.Name == LetterCase.Upper);
                break;
            case 'C' or 'E':
                text.Append("ISO");
                break;
            case 'Z' or 'z':
                AppendOffset(ref text, part, offset);
                break;
            default:
                AppendValue(ref text, part, time);
                break;
        }
    }

    private static void AppendHalf(ref TextBuilder text, bool isMorning, bool isUpper) => text.Append((isMorning, isUpper) switch
    {
        (true, true) => "AM",
        (true, false) => "am",
        (false, true) => "PM",
        (false, false) => "pm",
    });

    private static void AppendValue(ref TextBuilder text, DatePart part, CivilTime time)
    {
        var value = ValueOf(part.Component, time);
        if (part.LastDigits is { } digits and < 10)
            value %= (int)Math.Pow(10, digits);
        if (part.Name is not { } letterCase)
        {
            IntegerText.Append(ref text, value, part.Integer!);
            return;
        }

        foreach (var c in DateNames.Cut(DateNames.Of(part.Component)[value - 1], part))
        {
            text.Append(letterCase switch
            {
                LetterCase.Upper => char.ToUpperInvariant(c),
                LetterCase.Lower => char.ToLowerInvariant(c),
                _ => c,
            });
        }
    }

    /// <summary>The value of a component that is an integer.</summary>
    public static int ValueOf(char component, CivilTime time) => component switch
    {
        'Y' => time.Year,
        'M' => time.Month,
        'D' => time.Day,
        'd' => time.DayOfYear,
        'F' => time.DayOfWeek,
        'W' => time.WeekOfYear,
        'w' => time.WeekOfMonth,
        'X' => time.Thursday.Year,
        'x' => time.Thursday.Month,
        'H' => time.Hour,
        'h' => time.Hour % HalfDay == 0 ? HalfDay : time.Hour % HalfDay,
        'P' => time.Hour / HalfDay,
        'm' => time.Minute,
        's' => time.Second,
        'f' => time.Millisecond,
        _ => throw new UnreachableException($"The component {component} is no integer."),
    };

    /// <summary>One or two digits are hours, with minutes only if there are any; three or four are both.</summary>
    private static void AppendOffset(ref TextBuilder text, DatePart part, TimeZoneOffset offset)
    {
        var picture = part.Integer!;
        if (picture.MandatoryDigits is 0 or > 4 && picture.Interval == 0)
            throw JsonataErrors.Of("D3134");
        if (offset.Minutes == 0 && part.IsTraditional)
        {
            text.Append('Z');
            return;
        }

        if (part.Component == 'z')
            text.Append("GMT");
        text.Append(offset.Minutes < 0 ? '-' : '+');
        if (picture.Interval > 0 || picture.MandatoryDigits > 2)
        {
            IntegerText.Append(ref text, (offset.Hours * HoursAndMinutes) + offset.MinutesOfHour, picture);
            return;
        }

        IntegerText.Append(ref text, offset.Hours, picture);
        if (offset.MinutesOfHour == 0)
            return;
        text.Append(':');
        IntegerText.Append(ref text, offset.MinutesOfHour, IntegerPicture.Of(MinutesPicture));
    }
}
