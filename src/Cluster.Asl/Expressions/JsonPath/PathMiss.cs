using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>Why a definite path leads nowhere, in Jayway's words, since AWS shows them.</summary>
internal static class PathMiss
{
    /// <summary>Describes a miss.</summary>
    /// <param name="steps">The path.</param>
    /// <param name="failed">The step that could not be taken.</param>
    /// <param name="from">The value from which it could not be taken.</param>
    public static string Describe(ImmutableArray<PathStep> steps, int failed, JsonValue from)
    {
        var step = steps[failed];
        return step switch
        {
            FieldStep or FieldsStep when from is not JsonObject =>
                $"Expected to find an object with property {step} in path {Text(steps, failed)} but found '{NodeClass(from)}'. " +
                "This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider'.",
            FieldStep when failed < steps.Length - 1 => $"Missing property in path {Text(steps, failed + 1)}",
            IndexStep when from is not JsonArray =>
                $"Filter: {string.Concat(steps[failed..])} can only be applied to arrays. Current context is: {from}",
            _ => $"No results for path: {Text(steps, steps.Length)}",
        };
    }

    private static string Text(ImmutableArray<PathStep> steps, int count) => "$" + string.Concat(steps[..count]);

    private static string NodeClass(JsonValue value) => "com.fasterxml.jackson.databind.node." + value switch
    {
        JsonNull => "NullNode",
        JsonBoolean => "BooleanNode",
        JsonString => "TextNode",
        JsonArray => "ArrayNode",
        JsonNumber { IsInteger: false } => "DecimalNode",
        JsonNumber number => !number.TryGetInt64(out var integer) ? "BigIntegerNode"
            : integer is >= int.MinValue and <= int.MaxValue ? "IntNode" : "LongNode",
        _ => "ObjectNode",
    };
}
