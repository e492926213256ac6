using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.JsonToString(value)</c>: the compact JSON text of a value (A101).</summary>
internal sealed class JsonToStringFunction() : IntrinsicFunction("States.JsonToString", least: 1, most: 1)
{
    public override bool MayGiveText => true;

    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress) =>
        progress.TrySpend(JsonWriter.Utf8Length(arguments[0], progress.WorkLeft)) ? new JsonString(arguments[0].ToString()) : null;
}
