using System.Text;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.Base64Encode(text)</c>: the text's UTF-8 in the basic alphabet, padded (A103).</summary>
internal sealed class Base64EncodeFunction() : IntrinsicFunction("States.Base64Encode", least: 1, most: 1)
{
    /// <summary>The longest text that the functions on bytes take, in UTF-16 units (A103, A104).</summary>
    public const int MaxCharacters = 10_000;

    public override bool MayGiveText => true;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonString { Value: var text })
            return Refuse(1, "a string", ref progress);
        if (text.Length > MaxCharacters)
            return Refuse(1, $"no longer than {MaxCharacters} characters", ref progress);
        return progress.TrySpend(text.Length) ? new JsonString(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))) : null;
    }
}
