using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.Array(…)</c>: the arguments as an array (A102).</summary>
internal sealed class ArrayFunction() : IntrinsicFunction("States.Array", least: 0, most: int.MaxValue)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress) =>
        arguments.IsEmpty ? JsonArray.Empty : new JsonArray(ImmutableArray.Create(arguments));
}
