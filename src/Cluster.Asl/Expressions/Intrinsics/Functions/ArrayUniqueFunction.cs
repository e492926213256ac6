using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.ArrayUnique(array)</c>: the array without elements that equal an earlier one, in its order (A102).</summary>
internal sealed class ArrayUniqueFunction() : IntrinsicFunction("States.ArrayUnique", least: 1, most: 1)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonArray array)
            return Refuse(1, "an array", ref progress);
        var equality = new ExactEquality(progress.WorkLeft);
        var seen = new HashSet<JsonValue>(array.Count, equality);
        var unique = ImmutableArray.CreateBuilder<JsonValue>(array.Count);
        for (var i = 0; i < array.Count && equality.IsWithinLimit; i++)
        {
            if (seen.Add(array[i]))
                unique.Add(array[i]);
        }

        if (!progress.TrySpend(equality.Work))
            return null;
        return unique.Count == array.Count ? array : new JsonArray(unique.ToImmutable());
    }
}
