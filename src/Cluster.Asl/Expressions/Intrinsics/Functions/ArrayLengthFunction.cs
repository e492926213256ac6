using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.ArrayLength(array)</c>: the number of elements (A102).</summary>
internal sealed class ArrayLengthFunction() : IntrinsicFunction("States.ArrayLength", least: 1, most: 1)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress) =>
        arguments[0] is JsonArray array ? JsonNumber.Of(array.Count) : Refuse(1, "an array", ref progress);
}
