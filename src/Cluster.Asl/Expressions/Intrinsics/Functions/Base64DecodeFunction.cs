using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.Base64Decode(text)</c>: the UTF-8 text that a text of the basic alphabet stands for (A103).</summary>
internal sealed class Base64DecodeFunction() : IntrinsicFunction("States.Base64Decode", least: 1, most: 1)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private const int BitsPerCharacter = 6;
    private const int BitsPerByte = 8;
    private const int Unit = 4;

    public override bool MayGiveText => true;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return Refuse(1, "a string", ref progress);
        if (text.Length > Base64EncodeFunction.MaxCharacters)
            return Refuse(1, $"no longer than {Base64EncodeFunction.MaxCharacters} characters", ref progress);
        if (!progress.TrySpend(text.Length))
            return null;
        var bytes = Decode(text);
        return bytes is null ? Refuse(1, "a valid Base64 text", ref progress) : new JsonString(Encoding.UTF8.GetString(bytes));
    }

    /// <summary>
    /// The bytes, or null. As Java's decoder does it: padding may be left out but not be wrong, and bits left over do not count. The line
    /// breaks of MIME, whose encoding this is, are skipped.
    /// </summary>
    private static byte[]? Decode(string text)
    {
        text = text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        var digits = text.AsSpan().TrimEnd('=');
        var padding = text.Length - digits.Length;
        var left = digits.Length % Unit;
        if (left == 1 || (padding > 0 && (left == 0 || left + padding != Unit)))
            return null;
        var bytes = new byte[digits.Length * BitsPerCharacter / BitsPerByte];
        var bits = 0;
        var count = 0;
        var at = 0;
        foreach (var c in digits)
        {
            var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                return null;
            bits = (bits << BitsPerCharacter) | digit;
            count += BitsPerCharacter;
            if (count < BitsPerByte)
                continue;
            count -= BitsPerByte;
            bytes[at++] = unchecked((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }

        return bytes;
    }
}
