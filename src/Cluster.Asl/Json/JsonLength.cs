using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Cluster.Asl.Json;

/// <summary>The length of what <see cref="JsonWriter"/> would write, counted no further than a limit.</summary>
internal static class JsonLength
{
    private const int Quotes = 2;

    private static readonly SearchValues<char> NeedCare = SearchValues.Create(
        ['"', '\\', .. Enumerable.Range(0, ' ').Select(c => (char)c), .. Enumerable.Range(0xd800, 0x800).Select(c => (char)c)]);

    /// <summary>The length, or some number greater than the limit.</summary>
    public static long Of(JsonValue value, long limit) => value switch
    {
        JsonString text => Of(text.Value),
        JsonNumber number => number.Text.Length,
        JsonBoolean { Value: false } => "false".Length,
        JsonObject o => Of(o, limit),
        JsonArray array => Of(array, limit),
        _ => "null".Length,
    };

    private static long Of(JsonObject o, long limit)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var length = o.Count == 0 ? Quotes : 1L;
        foreach (var (name, value) in o.Properties)
        {
            length += Of(name) + ":,".Length;
            if (length > limit)
                break;
            length += Of(value, limit - length);
        }

        return length;
    }

    private static long Of(JsonArray array, long limit)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var length = array.Count == 0 ? Quotes : 1L;
        foreach (var item in array.Items)
        {
            if (length > limit)
                break;
            length += Of(item, limit - length) + 1;
        }

        return length;
    }

    private static long Of(string text)
    {
        if (text.AsSpan().IndexOfAny(NeedCare) < 0)
            return Quotes + Encoding.UTF8.GetByteCount(text);
        var length = (long)Quotes;
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            length += isPair ? 4 : LengthOf(text[i]);
            if (isPair)
                i++;
        }

        return length;
    }

    private static int LengthOf(char c) => c switch
    {
        '"' or '\\' or '\b' or '\t' or '\n' or '\f' or '\r' => 2,
        < ' ' => @"\u0000".Length,
        <= '\u007f' => 1,
        <= '\u07ff' => 2,
        _ => char.IsSurrogate(c) ? @"\ud800".Length : 3,
    };
}
