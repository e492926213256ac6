using System.Buffers;
using System.Text;

namespace Cluster.Asl.Json;

/// <summary>Writes values as compact JSON: keys in insertion order, numbers as written.</summary>
public static class JsonWriter
{
    /// <summary>The text of a value.</summary>
    public static string ToText(JsonValue value) => Encoding.UTF8.GetString(ToUtf8(value));

    /// <summary>The UTF-8 text of a value.</summary>
    public static byte[] ToUtf8(JsonValue value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a value's UTF-8 text.</summary>
    public static void Write(JsonValue value, IBufferWriter<byte> destination) =>
        throw new InvalidOperationException("not built");
}
