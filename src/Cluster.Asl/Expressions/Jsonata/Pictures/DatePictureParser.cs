using System.Globalization;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>
/// Reads date/time pictures. A marker in brackets is a component's letter, its presentation with a second modifier (a, t, c, o), and
/// after a comma the least and the most width.
/// </summary>
internal static class DatePictureParser
{
    private const string SecondModifiers = "atco";

    public static DatePicture Parse(string picture)
    {
        var parts = new List<DatePart>();
        var at = 0;
        while (at < picture.Length)
        {
            var open = NextMarker(picture, at);
            if (open > at)
                parts.Add(new DatePart { Literal = Unescaped(picture.AsSpan(at, open - at)) });
            if (open == picture.Length)
                break;
            var close = picture.IndexOf(']', open);
            if (close < 0)
                throw JsonataErrors.Of("D3135");
            var part = ParseMarker(WithoutBlanks(picture.AsSpan(open + 1, close - open - 1)));
            if (IsNumber(part) && parts.Count > 0 && IsNumber(parts[^1]))
                parts[^1] = parts[^1] with { FixedDigits = parts[^1].Integer!.MandatoryDigits };
            parts.Add(part);
            at = close + 1;
        }

        return new DatePicture([.. parts]);
    }

    private static bool IsNumber(DatePart part) => part.Component is not ('Z' or 'z') && part.Integer?.Kind == NumeralKind.Digits;

    /// <summary>The next bracket that opens a marker, and is not one of two; the end of the picture if there is none.</summary>
    private static int NextMarker(string picture, int at)
    {
        while (true)
        {
            at = picture.IndexOf('[', at);
            if (at < 0)
                return picture.Length;
            if (at + 1 >= picture.Length || picture[at + 1] != '[')
                return at;
            at += 2;
        }
    }

    private static string Unescaped(ReadOnlySpan<char> text) =>
        text.ToString().Replace("[[", "[", StringComparison.Ordinal).Replace("]]", "]", StringComparison.Ordinal);

    private static string WithoutBlanks(ReadOnlySpan<char> marker)
    {
        Span<char> kept = stackalloc char[marker.Length];
        var length = 0;
        foreach (var c in marker)
        {
            if (!char.IsWhiteSpace(c))
                kept[length++] = c;
        }

        return kept[..length].ToString();
    }

    private static DatePart ParseMarker(string marker)
    {
        if (marker.Length == 0)
            throw JsonataErrors.OfText("D3132", "");
        var component = marker[0];
        if (DefaultPresentation(component) is not { } presentation)
            throw JsonataErrors.OfText("D3132", marker[..1]);
        var comma = marker.LastIndexOf(',');
        var (min, max) = comma < 0 ? (null, null) : Widths(marker, comma);
        var given = comma < 0 ? marker[1..] : marker[1..comma];
        var second = '\0';
        if (given.Length > 1 && SecondModifiers.Contains(given[^1]))
        {
            second = given[^1];
            given = given[..^1];
        }

        if (given.Length > 0)
            presentation = given;
        var part = new DatePart { Component = component, MaxWidth = max, IsTraditional = second == 't' };
        if (component is 'Z' or 'z')
            return part with { Integer = IntegerPicture.Of(presentation) };
        if (presentation[0] is 'n' or 'N')
            return part with { Name = NameCase(presentation) };
        if (!DatePicture.IntegerComponents.Contains(component))
            return part with { Name = LetterCase.Lower };
        var integer = IntegerPicture.Of(second == '\0' ? presentation : $"{presentation};{second}");
        if (integer.Kind == NumeralKind.Digits && min > integer.MandatoryDigits)
            integer = integer with { MandatoryDigits = min.Value };
        return component == 'Y' ? Year(part, integer) : part with { Integer = integer };
    }

    /// <summary>A year is cut to its most width, or to the digits that the picture shows if these are two or more.</summary>
    private static DatePart Year(DatePart part, IntegerPicture integer)
    {
        if (part.MaxWidth is { } max)
            return part with { Integer = integer with { MandatoryDigits = max }, LastDigits = max };
        var shown = integer.MandatoryDigits + integer.OptionalDigits;
        return part with { Integer = integer, LastDigits = shown >= 2 ? shown : null };
    }

    private static LetterCase NameCase(string presentation)
    {
        if (presentation[0] == 'n')
            return LetterCase.Lower;
        return presentation.Length > 1 && presentation[1] == 'n' ? LetterCase.Title : LetterCase.Upper;
    }

    private static (int? Min, int? Max) Widths(string marker, int comma)
    {
        var widths = marker.AsSpan(comma + 1);
        var dash = widths.IndexOf('-');
        return dash < 0
            ? (Width(widths, marker), null)
            : (Width(widths[..dash], marker), Width(widths[(dash + 1)..], marker));
    }

    private static int? Width(ReadOnlySpan<char> text, string marker)
    {
        if (text is "" or "*")
            return null;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var width))
        {
            if (text.ContainsAnyExceptInRange('0', '9'))
                throw JsonataErrors.OfText("D3132", marker);
            width = int.MaxValue;
        }

        PictureLimits.Hold(width, PictureLimits.MaxWidth);
        return width;
    }

    private static string? DefaultPresentation(char component) => component switch
    {
        'Y' or 'M' or 'D' or 'd' or 'W' or 'w' or 'X' or 'x' or 'H' or 'h' or 'f' => "1",
        'm' or 's' => "01",
        'F' or 'P' or 'C' or 'E' => "n",
        'Z' or 'z' => "01:01",
        _ => null,
    };
}
