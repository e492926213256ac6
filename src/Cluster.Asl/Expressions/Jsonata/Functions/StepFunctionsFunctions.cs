using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata.Functions;

/// <summary>What Step Functions adds to the language (A42).</summary>
internal static class StepFunctionsFunctions
{
    /// <summary>The most elements that AWS gives for <c>$range</c>; one more is too much memory.</summary>
    private const int MaxRangeLength = 360_145;

    private const int UuidBytes = 16;
    private const int VersionAt = 6;
    private const int VariantAt = 8;

    public static readonly BuiltInFunction[] All =
    [
        new("partition", "<x?n?:a>", Partition),
        new("range", "<n?n?n?:a>", Range),
        new("hash", "<s?s?:s>", Hash),
        new("random", "<n?:n>", Random),
        new("uuid", "<:s>", (evaluation, _) => Uuid(evaluation)),
        new("parse", "<s?:x>", Parse),
    ];

    private static JsonValue? Partition(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is null)
            return null;
        if (a[0] is not JsonArray array)
            throw JsonataErrors.Of("T0412", value: a[0], index: 1, message: "Argument 1 of function \"partition\" must be an array of undefined");
        if (array.Count == 0)
            return null;
        if (a[1] is null)
            return Sequences.Array(evaluation, array);
        var size = TowardsZero(a[1], "partition", 2);
        if (size < 0)
            throw JsonataErrors.Of("D3137", message: "Second argument must be zero or greater");
        if (size == 0)
            return null;
        evaluation.Step(array.Count);
        var mark = evaluation.Stack.Mark;
        var length = (int)Math.Min(size, array.Count);
        for (var i = 0; i < array.Count; i += length)
            evaluation.Stack.Push(Sequences.Array(evaluation, Sequences.Items(array)[i..Math.Min(i + length, array.Count)]));
        return Sequences.TakeArray(evaluation, mark);
    }

    private static JsonValue? Range(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        var first = TowardsZero(a[0], "range", 1);
        var last = TowardsZero(a[1], "range", 2);
        if (a[2] is null)
            return null;
        var step = TowardsZero(a[2], "range", 3);
        if (step == 0 || (step > 0 && first > last) || (step < 0 && first < last))
            return null;
        var count = (long)(((Int128)last - first) / step) + 1;
        if (count > MaxRangeLength)
            throw JsonataErrors.Limit(JsonataLimits.MemorySentence);
        evaluation.Step(count);
        var mark = evaluation.Stack.Mark;
        for (var i = 0L; i < count; i++)
            evaluation.Stack.Push(JsonNumber.OfComputed(first + (i * step)));
        return Sequences.TakeSequence(evaluation, mark);
    }

    private static JsonValue? Hash(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonString text)
            throw JsonataErrors.Of("T0410", token: "hash", value: a[0], index: 1);
        if (a[1] is not JsonString algorithm)
            return null;
        evaluation.Step(text.Value.Length / 64);
        var bytes = Encoding.UTF8.GetBytes(text.Value);
        var hash = algorithm.Value switch
        {
            "MD5" => MD5.HashData(bytes),
            "SHA-1" => SHA1.HashData(bytes),
            "SHA-256" => SHA256.HashData(bytes),
            "SHA-384" => SHA384.HashData(bytes),
            "SHA-512" => SHA512.HashData(bytes),
            var other => throw JsonataErrors.Of(
                "D3137", message: $"Hash algorithm '{other}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"),
        };
        return new JsonString(Convert.ToHexStringLower(hash));
    }

    private static JsonNumber Random(Evaluation evaluation, ReadOnlySpan<JsonValue?> a) => JsonNumber.OfComputed(
        a[0] is null ? Chance.Unit(evaluation.Draw()) : new JavaRandom(TowardsZero(a[0], "random", 1)).Unit());

    private static JsonString Uuid(Evaluation evaluation)
    {
        // 64 bits of chance alone would meet among some billions; with the execution's name two of different executions do not.
        var chance = evaluation.Draw();
        Span<byte> bytes = stackalloc byte[UuidBytes];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, chance);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[(UuidBytes / 2)..], Chance.Derive(chance, evaluation.Scope.Owner));
        bytes[VersionAt] = (byte)((bytes[VersionAt] & 0x0f) | 0x40);
        bytes[VariantAt] = (byte)((bytes[VariantAt] & 0x3f) | 0x80);
        return new JsonString(new Guid(bytes, bigEndian: true).ToString());
    }

    private static JsonValue? Parse(Evaluation evaluation, ReadOnlySpan<JsonValue?> a)
    {
        if (a[0] is not JsonString text)
            return null;
        evaluation.Step(text.Value.Length / 8);
        evaluation.SpendCharacters(text.Value.Length);
        var isJson = JsonParser.TryParse(Encoding.UTF8.GetBytes(text.Value), JsonParserOptions.Definition, out var value, out _);
        return isJson && IsFinite(value!) ? value : throw JsonataErrors.Of("D3137", message: "Invalid JSON");
    }

    /// <summary>Whether all numbers are some double. Depth: the parser's.</summary>
    private static bool IsFinite(JsonValue value)
    {
        switch (value)
        {
            case JsonNumber number:
                return double.IsFinite(number.ToDouble());
            case JsonArray array:
                foreach (var item in array.Items)
                {
                    if (!IsFinite(item))
                        return false;
                }

                return true;
            case JsonObject o:
                foreach (var (_, property) in o.Properties)
                {
                    if (!IsFinite(property))
                        return false;
                }

                return true;
            default:
                return true;
        }
    }

    /// <summary>AWS cuts a number's fraction off.</summary>
    private static long TowardsZero(JsonValue? value, string function, int argument) => value is JsonNumber number
        ? (long)number.ToDouble()
        : throw JsonataErrors.Of("T0410", token: function, value: value, index: argument);
}
