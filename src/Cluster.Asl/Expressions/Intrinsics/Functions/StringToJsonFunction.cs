using System.Buffers;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.StringToJson(text)</c>: the value that a text of JSON stands for; a blank text stands for null (A101).</summary>
internal sealed class StringToJsonFunction() : IntrinsicFunction("States.StringToJson", least: 1, most: 1)
{
    /// <summary>What a character of JSON counts for: values take far more room than their text.</summary>
    private const int WorkPerCharacter = 4;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return Refuse(1, "a string", ref progress);
        if (text.AsSpan().IndexOfAnyExcept(" \t\r\n") < 0)
            return JsonValue.Null;
        if (!progress.TrySpend((long)text.Length * WorkPerCharacter))
            return null;
        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, utf8);
        var isJson = JsonParser.TryParse(utf8.AsSpan(0, length), JsonParserOptions.Payload, out var value, out var error);
        ArrayPool<byte>.Shared.Return(utf8);
        if (!isJson)
            return progress.Fail($"Argument 1 of {Name} is not JSON: {error!.Message}");

        // An integer has no sign at zero, as AWS reads it.
        return value is JsonNumber { Text: "-0" } ? JsonNumber.Of(0) : value;
    }
}
