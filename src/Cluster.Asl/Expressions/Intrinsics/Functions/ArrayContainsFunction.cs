using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.ArrayContains(array, value)</c>: whether an element equals the value, deep (A102).</summary>
internal sealed class ArrayContainsFunction() : IntrinsicFunction("States.ArrayContains", least: 2, most: 2)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonArray array)
            return Refuse(1, "an array", ref progress);
        var equality = new ExactEquality(progress.WorkLeft);
        var found = false;
        for (var i = 0; i < array.Count && !found && equality.IsWithinLimit; i++)
            found = equality.Equals(array[i], arguments[1]);
        return progress.TrySpend(equality.Work) ? JsonBoolean.Of(found) : null;
    }
}
