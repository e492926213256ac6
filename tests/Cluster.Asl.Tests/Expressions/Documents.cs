using Cluster.Asl.Expressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Tests.Expressions;

/// <summary>Inputs for expressions.</summary>
internal static class Documents
{
    public static readonly ContextObject Context = new(
        new ExecutionContextFacts("arn:x", "run", JsonValue.Parse("{\"input-value\":7}"), "arn:role", 0, "arn:m", "machine"),
        "Here",
        enteredTime: 0,
        retryCount: null);

    public static EvaluationScope Scope(string json) => new(JsonValue.Parse(json), Context);

    /// <summary>An object nested as deep as payloads may be.</summary>
    public static JsonValue Nested(int depth)
    {
        JsonValue value = JsonObject.Empty;
        for (var i = 1; i < depth; i++)
            value = new JsonObject([KeyValuePair.Create("a", value)]);
        return value;
    }
}
