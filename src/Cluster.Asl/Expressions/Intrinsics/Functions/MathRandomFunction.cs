using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.MathRandom(start, end[, seed])</c>: an integer from the start (inclusive) to the end (exclusive) (A106).</summary>
internal sealed class MathRandomFunction() : IntrinsicFunction("States.MathRandom", least: 2, most: 3)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        Span<int> numbers = stackalloc int[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!WholeNumber.TryRound(arguments[i], out numbers[i]))
                return Refuse(i + 1, "an integer of 32 bits", ref progress);
        }

        var (start, end) = (numbers[0], numbers[1]);
        if (start >= end)
            return Refuse(2, "greater than the first", ref progress);
        return JsonNumber.Of(numbers.Length > 2 ? Seeded(start, end, numbers[2]) : Drawn(start, end, progress.Draw(scope)));
    }

    private static long Drawn(int start, int end, ulong chance) =>
        start + (long)Math.BigMul(chance, (ulong)((long)end - start), out _);

    private static long Seeded(int start, int end, int seed)
    {
        var random = new JavaRandom(seed);
        var span = (long)end - start;
        if (span <= int.MaxValue)
            return start + random.Below((int)span);

        // At least every second of all 32-bit numbers lies between the two.
        var number = random.Any();
        while (number < start || number >= end)
            number = random.Any();
        return number;
    }
}
