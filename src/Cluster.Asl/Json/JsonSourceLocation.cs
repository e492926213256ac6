using System.Globalization;

namespace Cluster.Asl.Json;

/// <summary>Places in a text, in the form in which Jackson prints them and AWS shows them.</summary>
internal static class JsonSourceLocation
{
    /// <summary>The number of characters of the source that a location shows.</summary>
    private const int MaxShownCharacters = 500;

    /// <summary>For example <c>[Source: (String)"{]"; line: 1, column: 3]</c>.</summary>
    public static string Describe(ReadOnlySpan<char> source, int line, int column)
    {
        var shown = source.Length > MaxShownCharacters ? source[..MaxShownCharacters] : source;
        var hidden = source.Length - shown.Length;
        var truncated = hidden == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"[truncated {hidden} chars]");
        return string.Create(CultureInfo.InvariantCulture, $"[Source: (String)\"{shown}\"{truncated}; line: {line}, column: {column}]");
    }

    /// <summary>The line and column, both from 1, of the place behind a valid UTF-8 text; CR, LF and CRLF each end a line.</summary>
    public static (int Line, int Column) After(ReadOnlySpan<byte> read)
    {
        var line = 1;
        var lineStart = 0;
        for (var at = 0; at < read.Length; at++)
        {
            if (read[at] == '\n' || (read[at] == '\r' && (at + 1 == read.Length || read[at + 1] != '\n')))
            {
                line++;
                lineStart = at + 1;
            }
        }

        return (line, System.Text.Encoding.UTF8.GetCharCount(read[lineStart..]) + 1);
    }
}
