using System.Collections.Immutable;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A step that could not be taken.</summary>
/// <param name="Step">Its place in the path.</param>
/// <param name="From">The value from which it could not be taken.</param>
internal readonly record struct PathMiss(int Step, JsonValue From)
{
    /// <summary>Why a path leads nowhere, in the words of the Jayway library of the version that AWS uses (before 2.1), since AWS shows them.</summary>
    /// <param name="steps">The path.</param>
    /// <param name="isInvalid">
    /// Whether the library calls the path invalid for the document, and not only without result; AWS words the two differently in templates.
    /// </param>
    public string Describe(ImmutableArray<PathStep> steps, out bool isInvalid)
    {
        var (at, from) = this;
        if (steps[at] is ElementStep && from is JsonArray && at < steps.Length - 1)
            (at, from) = (at + 1, JsonValue.Null);
        isInvalid = steps[at] is FilterStep
            || (steps[at] is ElementStep or IndexesStep or SliceStep && from is not (JsonArray or JsonNull));
        return steps[at] switch
        {
            FieldStep or FieldsStep when from is not JsonObject => $"Property {steps[at]} not found in path {Text(steps, at)}",
            FieldStep when at < steps.Length - 1 => $"Missing property in path {Text(steps, at + 1)}",
            FilterStep => $"Filter: {Rest(steps, at)} can not be applied to primitives. Current context is: {Shown(steps, at, from)}",
            _ when isInvalid => $"Filter: {Rest(steps, at)} can only be applied to arrays. Current context is: {Shown(steps, at, from)}",
            ElementStep or IndexesStep or SliceStep when from is JsonNull => $"The path {Text(steps, at)} is null",
            _ => $"No results for path: {Text(steps, steps.Length)}",
        };
    }

    private static string Text(ImmutableArray<PathStep> steps, int count) => "$" + string.Concat(steps[..count]);

    private static string Rest(ImmutableArray<PathStep> steps, int from) => string.Concat(steps[from..]);

    /// <summary>The library unwraps what a property holds, and nothing else: strings lose their quotes there.</summary>
    private static string Shown(ImmutableArray<PathStep> steps, int at, JsonValue from) =>
        from is JsonString text && at > 0 && steps[at - 1] is FieldStep ? text.Value : EvaluationFailure.Quoted(from);
}
