using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.ArrayRange(first, last, step)</c>: the numbers from the first on, up to and including the last (A102).</summary>
internal sealed class ArrayRangeFunction() : IntrinsicFunction("States.ArrayRange", least: 3, most: 3)
{
    /// <summary>The most elements of a range.</summary>
    public const int MaxElements = 1000;

    /// <summary>The largest integer that every reader of JSON takes exactly.</summary>
    private const long LargestInteger = 1L << 53;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        Span<long> bounds = stackalloc long[3];
        for (var i = 0; i < bounds.Length; i++)
        {
            if (!WholeNumber.TryRound(arguments[i], out bounds[i]) || bounds[i] is < -LargestInteger or > LargestInteger)
                return Refuse(i + 1, "an integer", ref progress);
        }

        var (first, last, step) = (bounds[0], bounds[1], bounds[2]);
        if (step == 0)
            return Refuse(3, "an integer other than zero", ref progress);
        var span = last - first;
        var count = Math.Sign(span) == -Math.Sign(step) ? 0 : (span / step) + 1;
        if (count > MaxElements)
            return progress.Fail($"{Name} would give {count} elements, more than {MaxElements}");
        if (!progress.TrySpend(count))
            return null;
        var numbers = ImmutableArray.CreateBuilder<JsonValue>((int)count);
        for (var i = 0L; i < count; i++)
            numbers.Add(JsonNumber.Of(first + (i * step)));
        return new JsonArray(numbers.MoveToImmutable());
    }
}
