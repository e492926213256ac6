using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Cluster.Asl.Json;

/// <summary>How a text is read.</summary>
/// <param name="MaxDepth">The deepest nesting taken; more is an error, never a stack overflow.</param>
/// <param name="RefuseDuplicateKeys">Whether a key that stands twice in an object is an error (definitions) or its last value wins (payloads).</param>
public readonly record struct JsonParserOptions(int MaxDepth, bool RefuseDuplicateKeys)
{
    /// <summary>The depth limit of payloads and definitions.</summary>
    public const int DefaultMaxDepth = 1000;

    /// <summary>For payloads: the last duplicate key wins.</summary>
    public static readonly JsonParserOptions Payload = new(DefaultMaxDepth, RefuseDuplicateKeys: false);

    /// <summary>For definitions: duplicate keys are refused.</summary>
    public static readonly JsonParserOptions Definition = new(DefaultMaxDepth, RefuseDuplicateKeys: true);
}

/// <summary>Why and where a text is not JSON.</summary>
/// <param name="Message">The reason in Jackson's words, which AWS shows, without the source location.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 units, from 1, as Jackson counts: one past the last character that was read.</param>
public sealed record JsonParseError(string Message, int Line, int Column)
{
    /// <summary>The reason followed by the source location on a line of its own, as Jackson prints an exception.</summary>
    /// <param name="source">The text that was read; at most its first 500 characters are shown.</param>
    public string WithSource(string source) => $"{Message}\n at {JsonSourceLocation.Describe(source, Line, Column)}";
}

/// <summary>
/// Reads JSON text into values: RFC 8259 and nothing else (no byte order mark, comments, NaN or trailing data).
/// A key that stands twice keeps its first place and takes its last value. A lone surrogate in a <c>\u</c> escape is
/// kept and written as an escape again.
/// </summary>
public static class JsonParser
{
    /// <summary>Reads one JSON value with nothing but white space around it.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="options">The depth limit and what to do about duplicate keys.</param>
    /// <param name="value">The value.</param>
    /// <param name="error">Why and where the text is not JSON.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8,
        JsonParserOptions options,
        [NotNullWhen(true)] out JsonValue? value,
        [NotNullWhen(false)] out JsonParseError? error)
    {
        var reader = new JsonReader(utf8, options);
        try
        {
            value = reader.ReadDocument();
            error = value is null ? reader.Error : null;
            return value is not null;
        }
        finally
        {
            reader.Dispose();
        }
    }

    /// <summary>Reads a payload that is known to be JSON.</summary>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static JsonValue Parse(string text) =>
        TryParse(Encoding.UTF8.GetBytes(text), JsonParserOptions.Payload, out var value, out var error)
            ? value
            : throw new FormatException(error.Message);
}
