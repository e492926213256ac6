using System.Collections.Frozen;
using Cluster.Asl.Json;

namespace Cluster.Asl.Parsing;

/// <summary>Reads QueryLanguage, and tells which fields belong to which language (A2, A6).</summary>
internal static class QueryLanguageFields
{
    private const string Name = "QueryLanguage";
    private const string JsonPath = "JSONPath";
    private const string Jsonata = "JSONata";

    private static readonly FrozenSet<string> JsonPathOnly = FrozenSet.ToFrozenSet(
        [
            "InputPath", "OutputPath", "ResultPath", "Parameters", "ResultSelector", "Result", "ItemsPath", "TimeoutSecondsPath",
            "HeartbeatSecondsPath", "SecondsPath", "TimestampPath", "MaxConcurrencyPath", "ToleratedFailurePercentagePath",
            "ToleratedFailureCountPath", "ErrorPath", "CausePath",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> JsonataOnly = FrozenSet.ToFrozenSet(["Arguments", "Output", "Items"], StringComparer.Ordinal);

    /// <summary>Whether only JSONata states have the field.</summary>
    public static bool IsJsonataOnly(string field) => JsonataOnly.Contains(field);

    /// <summary>AWS's words for a field of the other language.</summary>
    public static string OnlyInJsonata(string field) =>
        $"The QueryLanguage is set to '{JsonPath}', but field '{field}' is only supported for the '{Jsonata}' QueryLanguage";

    /// <summary>Whether the machine is not of JSONPath: it is told so and must not be read further.</summary>
    public static bool RefuseMachine(ObjectReader machine)
    {
        if (IsJsonPath(machine))
            return false;
        RefuseLanguage(machine);
        return true;
    }

    /// <summary>Whether a state is not of JSONPath: it is told so, and which of its fields are, and must not be read further.</summary>
    public static bool RefuseState(ObjectReader state)
    {
        if (IsJsonPath(state))
            return false;
        foreach (var (field, _) in state.Source.Properties)
        {
            if (JsonPathOnly.Contains(field))
                state.Refuse($"The QueryLanguage is set to '{Jsonata}', but field '{field}' is only supported for the '{JsonPath}' QueryLanguage");
        }

        RefuseLanguage(state);
        return true;
    }

    /// <summary>AWS takes whatever else stands there for JSONata, JSON null and misspelt names included, besides refusing them.</summary>
    private static bool IsJsonPath(ObjectReader owner) =>
        !owner.Source.TryGetValue(Name, out var language) || language is JsonString { Value: JsonPath };

    private static void RefuseLanguage(ObjectReader owner)
    {
        if (owner.OneOf(Name, JsonPath, Jsonata) is not null)
            owner.Diagnostics.NotSupportedYet(owner.At.Field(Name), $"{Name} '{Jsonata}'");
    }
}
