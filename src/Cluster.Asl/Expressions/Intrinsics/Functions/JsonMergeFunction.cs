using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics.Functions;

/// <summary><c>States.JsonMerge(a, b, false)</c>: the properties of both objects; of those with one name the second wins (A105).</summary>
internal sealed class JsonMergeFunction() : IntrinsicFunction("States.JsonMerge", least: 3, most: 3)
{
    public override JsonValue? Call(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (arguments[0] is not JsonObject first)
            return Refuse(1, "an object", ref progress);
        if (arguments[1] is not JsonObject second)
            return Refuse(2, "an object", ref progress);
        if (arguments[2] is not JsonBoolean { Value: false })
            return Refuse(3, "false: objects are merged at their first level only", ref progress);
        return progress.TrySpend(first.Count + second.Count) ? Merge(first, second) : null;
    }

    /// <summary>Names keep the place where they come up first.</summary>
    private static JsonObject Merge(JsonObject first, JsonObject second)
    {
        var merged = ImmutableArray.CreateBuilder<KeyValuePair<string, JsonValue>>(first.Count + second.Count);
        foreach (var (name, value) in first.Properties)
            merged.Add(KeyValuePair.Create(name, second[name] ?? value));
        foreach (var property in second.Properties)
        {
            if (first[property.Key] is null)
                merged.Add(property);
        }

        return new JsonObject(merged.DrainToImmutable());
    }
}
