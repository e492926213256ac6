using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.ArrayPartition(array, size)</c>: the array cut into chunks of a size; the last one may be shorter (A102).</summary>
internal sealed class ArrayPartitionFunction() : IntrinsicFunction("States.ArrayPartition", least: 2, most: 2)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonArray { Items: var items })
            return Refuse(1, "an array", ref progress);
        if (!WholeNumber.TryRound(arguments[1], out long size) || size <= 0)
            return Refuse(2, "a positive integer", ref progress);
        if (!progress.TrySpend(items.Length))
            return null;
        var chunks = ImmutableArray.CreateBuilder<JsonValue>();
        var most = (int)Math.Min(size, items.Length);
        for (var at = 0; at < items.Length; at += most)
            chunks.Add(new JsonArray(items.Slice(at, Math.Min(most, items.Length - at))));
        return new JsonArray(chunks.ToImmutable());
    }
}
