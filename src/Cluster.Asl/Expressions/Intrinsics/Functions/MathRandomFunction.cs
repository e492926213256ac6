using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.MathRandom(start, end[, seed])</c>: an integer from the start (inclusive) to the end (exclusive) (A106).</summary>
internal sealed class MathRandomFunction() : IntrinsicFunction("States.MathRandom", least: 2, most: 3)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (!WholeNumber.TryRound(arguments[0], out int start))
            return Refuse(1, "an integer of 32 bits", ref progress);
        if (!WholeNumber.TryRound(arguments[1], out int end))
            return Refuse(2, "an integer of 32 bits", ref progress);
        if (start >= end)
            return Refuse(2, "greater than the first", ref progress);
        if (arguments.Length < 3)
            return JsonNumber.Of(Drawn(start, end, progress.Draw(scope)));
        return WholeNumber.TryRound(arguments[2], out long seed)
            ? JsonNumber.Of(Seeded(start, end, seed))
            : Refuse(3, "an integer of 64 bits", ref progress);
    }

    private static long Drawn(int start, int end, ulong chance) =>
        start + (long)Math.BigMul(chance, (ulong)((long)end - start), out _);

    private static long Seeded(int start, int end, long seed)
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
