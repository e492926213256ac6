using System.Buffers;
using System.Text;

namespace Cluster.Asl.Json;

/// <summary>
/// Writes values as compact JSON: keys in insertion order, numbers as written. Only quotes, backslashes, control
/// characters and lone surrogates are escaped.
/// </summary>
public static class JsonWriter
{
    /// <summary>The most bytes of UTF-8 that one UTF-16 unit becomes.</summary>
    private const int MaxBytesPerCharacter = 3;

    /// <summary>The text of a value.</summary>
    public static string ToText(JsonValue value)
    {
        var output = new JsonOutput(destination: null);
        try
        {
            output.Write(value);
            return Encoding.UTF8.GetString(output.Rented);
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary>The text of a value, or the beginning of a longer one.</summary>
    /// <param name="value">The value. It may name the same part many times, so that its text is far larger than it is in memory.</param>
    /// <param name="characters">How many characters are enough.</param>
    public static string Beginning(JsonValue value, int characters)
    {
        var output = new JsonOutput(destination: null, characters * MaxBytesPerCharacter);
        try
        {
            output.Write(value);
            var text = Encoding.UTF8.GetString(output.Rented);
            return text.Length <= characters ? text : text[..characters];
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary>The UTF-8 text of a value.</summary>
    public static byte[] ToUtf8(JsonValue value) => ToUtf8(value, int.MaxValue)!;

    /// <summary>The UTF-8 text of a value, or null when it is longer than a limit.</summary>
    /// <param name="value">The value. It may name the same part many times, so that its text is far larger than it is in memory.</param>
    /// <param name="limit">The limit in bytes; little more than that is written.</param>
    public static byte[]? ToUtf8(JsonValue value, int limit)
    {
        var output = new JsonOutput(destination: null, enough: Math.Min(limit, int.MaxValue - 1) + 1);
        try
        {
            output.Write(value);
            return output.Rented.Length > limit ? null : output.Rented.ToArray();
        }
        finally
        {
            output.Dispose();
        }
    }

    /// <summary>Writes a value's UTF-8 text, without allocating.</summary>
    public static void Write(JsonValue value, IBufferWriter<byte> destination)
    {
        var output = new JsonOutput(destination);
        output.Write(value);
        output.Flush();
    }

    /// <summary>The length in bytes of a value's UTF-8 text, without writing it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="limit">
    /// Where counting ends: for a longer text the answer is some number greater than this. A value may name the same
    /// part many times, so that its text is far larger than it is in memory; who has a limit should say so here.
    /// </param>
    public static long Utf8Length(JsonValue value, long limit = long.MaxValue) => JsonLength.Of(value, limit);
}
