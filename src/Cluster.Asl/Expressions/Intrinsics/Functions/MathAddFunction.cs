using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.MathAdd(a, b)</c>: the sum of two numbers, each of them rounded half up before (A106).</summary>
internal sealed class MathAddFunction() : IntrinsicFunction("States.MathAdd", least: 2, most: 2)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (!WholeNumber.TryRound(arguments[0], out int first))
            return Refuse(1, "an integer of 32 bits", ref progress);
        return WholeNumber.TryRound(arguments[1], out int second)
            ? JsonNumber.Of((long)first + second)
            : Refuse(2, "an integer of 32 bits", ref progress);
    }
}
