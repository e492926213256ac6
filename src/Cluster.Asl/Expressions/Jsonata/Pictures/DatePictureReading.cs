namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary><c>$toMillis</c> with a picture.</summary>
internal static class DatePictureReading
{
    private const int StackParts = 64;
    private const int HoursDigits = 2;
    private const int HoursAndMinutes = 100;

    /// <summary>The moment that a text means.</summary>
    /// <param name="text">The text; letters match in either case.</param>
    /// <param name="picture">The picture.</param>
    /// <param name="now">The milliseconds since 1970 from which larger components are taken that the picture doesn't have.</param>
    /// <param name="tries">How many positions were tried: what it cost.</param>
    /// <returns>Milliseconds since 1970, NaN if no date is so far away, or null if the text doesn't match.</returns>
    /// <exception cref="JsonataException">D3130 to D3136: the picture is malformed, cannot be read, or leaves a gap.</exception>
    public static double? Read(string text, string picture, double now, out int tries)
    {
        tries = 0;
        PictureLimits.Hold(text.Length, PictureLimits.MaxReadLength);
        var compiled = DatePicture.Of(picture);
        if (!HasReadableComponents(compiled))
            return null;
        var count = compiled.Parts.Length;
        var ends = count <= StackParts ? stackalloc int[StackParts] : new int[count];
        if (!DatePictureMatch.TryMatch(compiled, text, ends, out tries))
            return null;
        var fields = new DateFields(stackalloc double[DateFields.Count]);
        var start = 0;
        for (var i = 0; i < count; i++)
        {
            if (compiled.Parts[i].Literal is null)
                Take(compiled.Parts[i], text.AsSpan(start, ends[i] - start), ref fields);
            start = ends[i];
        }

        if (fields.HasUnknownName)
            throw JsonataErrors.Of("D3136");
        return DateComposition.Compose(ref fields, now);
    }

    /// <summary>Whether there is a component at all; each must be one that can be read, whether the text matches or not.</summary>
    private static bool HasReadableComponents(DatePicture picture)
    {
        var has = false;
        foreach (var part in picture.Parts)
        {
            if (part.Literal is not null)
                continue;
            has = true;
            if (part.Name is not null && part.Component != 'P')
                _ = DateNames.Of(part.Component);
            else if (part.Integer is { Kind: NumeralKind.Unknown } integer)
                throw part.Component is 'Z' or 'z' ? JsonataErrors.Of("D3134") : integer.UnknownSequence();
        }

        return has;
    }

    private static void Take(DatePart part, ReadOnlySpan<char> text, ref DateFields fields)
    {
        switch (part.Component)
        {
            case 'Z' or 'z':
                fields.OffsetMinutes = Offset(part, text);
                break;
            case 'P':
                var isMorning = text.Equals("am", StringComparison.OrdinalIgnoreCase);
                fields['P'] = isMorning ? 0 : 1;
                fields.HasUnknownName |= !isMorning && !text.Equals("pm", StringComparison.OrdinalIgnoreCase);
                break;
            case var component when part.Name is not null:
                var number = Named(part, text);
                fields.HasUnknownName |= number == 0 && component == 'M';
                fields[component] = number;
                break;
            default:
                fields[part.Component] = IntegerReading.Read(text, part.Integer!);
                fields.IsFullYear |= part.Component == 'Y' && part.Integer!.Kind == NumeralKind.Digits && text.Length > 2;
                break;
        }
    }

    /// <summary>The number of a name, cut as the picture has it; zero if there is no such name.</summary>
    private static int Named(DatePart part, ReadOnlySpan<char> text)
    {
        var names = DateNames.Of(part.Component);
        for (var i = 0; i < names.Length; i++)
        {
            if (text.Equals(DateNames.Cut(names[i], part), StringComparison.OrdinalIgnoreCase))
                return i + 1;
        }

        return 0;
    }

    /// <summary>The offset in minutes; the sign counts for both hours and minutes.</summary>
    private static int Offset(DatePart part, ReadOnlySpan<char> text)
    {
        if (part.IsTraditional && text is "Z")
            return 0;
        if (part.Component == 'z')
            text = text[DatePartLengths.Greenwich.Length..];
        var picture = part.Integer!;
        var all = 0;
        var digits = 0;
        var hours = 0;
        var afterSeparator = 0;
        for (var at = 1; at < text.Length;)
        {
            if (IntegerReading.IsDigit(text[at], picture))
            {
                all = (all * 10) + (text[at++] - picture.Zero);
                digits++;
                afterSeparator++;
                continue;
            }

            hours = all;
            afterSeparator = 0;
            at += IntegerReading.SeparatorLength(text[at..], picture);
        }

        // What a separator cuts off is minutes, as are without one the last two digits of three or four.
        var isCut = digits > afterSeparator && afterSeparator <= HoursDigits;
        var scale = isCut ? (int)Math.Pow(10, afterSeparator) : HoursAndMinutes;
        if (!isCut)
            hours = digits <= HoursDigits ? all : all / HoursAndMinutes;
        var minutes = isCut || digits > HoursDigits ? all % scale : 0;
        var sum = (hours * 60) + minutes;
        return text[0] == '-' ? -sum : sum;
    }
}
