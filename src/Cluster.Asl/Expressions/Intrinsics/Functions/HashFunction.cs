using System.Security.Cryptography;
using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.Hash(data, algorithm)</c>: the digest in lower-case hexadecimal; data other than a string is hashed as JSON (A104).</summary>
internal sealed class HashFunction() : IntrinsicFunction("States.Hash", least: 2, most: 2)
{
    public override bool MayGiveText => true;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (TextOf(arguments[0]) is not { Length: <= Base64EncodeFunction.MaxCharacters } text)
            return Refuse(1, $"no longer than {Base64EncodeFunction.MaxCharacters} characters", ref progress);
        if (!progress.TrySpend(text.Length))
            return null;
        var algorithm = (arguments[1] as JsonString)?.Value;
        return Digest(algorithm, Encoding.UTF8.GetBytes(text)) is { } digest
            ? new JsonString(Convert.ToHexStringLower(digest))
            : Refuse(2, "one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512", ref progress);
    }

    /// <summary>The text to hash, or at least enough of it to see that it is too long.</summary>
    private static string TextOf(JsonValue data) =>
        data is JsonString text ? text.Value : JsonWriter.Beginning(data, Base64EncodeFunction.MaxCharacters + 1);

#pragma warning disable CA5350, CA5351 // The language names these algorithms; nothing here is protected by them.
    private static byte[]? Digest(string? algorithm, byte[] data) => algorithm switch
    {
        "MD5" => MD5.HashData(data),
        "SHA-1" => SHA1.HashData(data),
        "SHA-256" => SHA256.HashData(data),
        "SHA-384" => SHA384.HashData(data),
        "SHA-512" => SHA512.HashData(data),
        _ => null,
    };
#pragma warning restore CA5350, CA5351
}
