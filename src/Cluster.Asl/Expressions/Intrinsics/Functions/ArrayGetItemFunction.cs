using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.ArrayGetItem(array, index)</c>: the element at a zero-based index (A102).</summary>
internal sealed class ArrayGetItemFunction() : IntrinsicFunction("States.ArrayGetItem", least: 2, most: 2)
{
    public override bool MayGiveText => true;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonArray array)
            return Refuse(1, "an array", ref progress);
        if (arguments[1] is not JsonNumber { IsInteger: true } number)
            return Refuse(2, "an integer", ref progress);
        if (!number.TryGetInt64(out var index) || index < 0 || index >= array.Count)
            return progress.Fail($"The index {EvaluationFailure.Quoted(number)} is out of bounds of an array of {array.Count} elements");
        return array[(int)index];
    }
}
