using System.Text;

namespace Cluster.Asl.Expressions.Jsonata.Pictures;

/// <summary>Strings as rows of Unicode characters: a surrogate pair is one, half of one is one, too.</summary>
internal static class CodePoints
{
    private const char FirstSurrogate = '\uD800';
    private const char LastSurrogate = '\uDFFF';

    /// <summary>The number of characters.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var units = text.IndexOfAnyInRange(FirstSurrogate, LastSurrogate);
        if (units < 0)
            return text.Length;
        var count = units;
        for (; units < text.Length; count++)
            units += Width(text, units);
        return count;
    }

    /// <summary>The characters from one (counted from 0) to before another; neither lies beyond the end.</summary>
    public static ReadOnlySpan<char> Slice(ReadOnlySpan<char> text, int first, int last)
    {
        if (text.IndexOfAnyInRange(FirstSurrogate, LastSurrogate) < 0)
            return text[first..last];
        var start = Skip(text, 0, first);
        return text[start..Skip(text, start, last - first)];
    }

    /// <summary>A text again and again, up to so many characters.</summary>
    public static string Repeat(string text, int count)
    {
        if (text.Length == 1)
            return new string(text[0], count);
        var characters = Count(text);
        var repeated = new StringBuilder();
        repeated.Insert(0, text, count / characters);
        return repeated.Append(Slice(text, 0, count % characters)).ToString();
    }

    private static int Skip(ReadOnlySpan<char> text, int units, int count)
    {
        for (; count > 0; count--)
            units += Width(text, units);
        return units;
    }

    private static int Width(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
}
