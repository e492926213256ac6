using Cluster.Asl.Json;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>One case of the JSONata test suite.</summary>
/// <param name="Id">Its name, only for the report.</param>
/// <param name="Expression">The expression.</param>
/// <param name="Input">The document, or null when there is none.</param>
/// <param name="Bindings">The variables.</param>
/// <param name="Expected">The whole case, for what it expects.</param>
internal sealed record SuiteCase(
    string Id, string Expression, JsonValue? Input, IReadOnlyDictionary<string, JsonValue> Bindings, JsonObject Expected)
{
    /// <summary>How long the evaluation may take.</summary>
    public TimeSpan? TimeLimit => Expected["timelimit"] is JsonNumber limit ? TimeSpan.FromMilliseconds(limit.ToDouble()) : null;

    /// <summary>How deep the evaluation may go.</summary>
    public int? Depth => Expected["depth"] is JsonNumber depth ? (int)depth.ToDouble() : null;

    /// <summary>Whether it calls the function that Step Functions refuses.</summary>
    public bool CallsEval => Expression.Contains("$eval(", StringComparison.Ordinal);

    /// <summary>Reads a case.</summary>
    /// <param name="case">The case as it stands in its file.</param>
    /// <param name="dataset">Reads the document that a case names.</param>
    public static SuiteCase Read(JsonObject @case, Func<string, JsonValue> dataset) => new(
        Text(@case, "id"),
        Text(@case, "expr"),
        @case.TryGetValue("data", out var data) ? data : @case["dataset"] is JsonString name ? dataset(name.Value) : null,
        @case["bindings"] is JsonObject bindings ? bindings.Properties.ToDictionary(StringComparer.Ordinal) : new Dictionary<string, JsonValue>(StringComparer.Ordinal),
        @case);

    private static string Text(JsonObject @case, string name) =>
        @case[name] is JsonString text ? text.Value : throw new InvalidDataException($"a case has no {name}: {@case}");
}
