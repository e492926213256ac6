using System.Diagnostics.CodeAnalysis;

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
/// <param name="Column">The column, from 1.</param>
public sealed record JsonParseError(string Message, int Line, int Column);

/// <summary>Reads JSON text into values.</summary>
public static class JsonParser
{
    /// <summary>Reads one JSON value with nothing but white space around it.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> utf8,
        JsonParserOptions options,
        [NotNullWhen(true)] out JsonValue? value,
        [NotNullWhen(false)] out JsonParseError? error)
    {
        value = null;
        error = new JsonParseError("not built", 1, 1);
        return false;
    }

    /// <summary>Reads a payload that is known to be JSON.</summary>
    /// <exception cref="FormatException">The text is not JSON.</exception>
    public static JsonValue Parse(string text) =>
        TryParse(System.Text.Encoding.UTF8.GetBytes(text), JsonParserOptions.Payload, out var value, out var error)
            ? value
            : throw new FormatException(error.Message);
}
