using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A path that names exactly one place (fields and indexes from 0 only), as ResultPath needs it. Immutable and shared.</summary>
public sealed class ReferencePath
{
    private readonly ImmutableArray<PathStep> _steps;

    private ReferencePath(string text, ImmutableArray<PathStep> steps)
    {
        Text = text;
        _steps = steps;
    }

    /// <summary>The path <c>$</c>.</summary>
    public static ReferencePath Root { get; } = new("$", []);

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>Parses a reference path. <c>$$</c> is refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReferencePath? path)
    {
        path = null;
        if (!JsonPath.TryParse(text, out var parsed) || parsed.IsContext)
            return false;
        foreach (var step in parsed.Steps)
        {
            if (step is not (FieldStep or IndexStep { Index: >= 0 }))
                return false;
        }

        path = parsed.Steps.IsEmpty ? Root : new ReferencePath(text, parsed.Steps);
        return true;
    }

    /// <summary>A copy of the document in which the place has the value; objects on the way are made.</summary>
    /// <param name="document">The raw input.</param>
    /// <param name="value">The result.</param>
    /// <param name="written">The copy.</param>
    /// <param name="failure">States.ResultPathMatchFailure where a parent is no object, an index out of range.</param>
    public bool TryWrite(
        JsonValue document,
        JsonValue value,
        [NotNullWhen(true)] out JsonValue? written,
        [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        written = Write(document, 0, value, out var failed);
        failure = written is null
            ? new EvaluationFailure("States.ResultPathMatchFailure", $"Unable to apply step \"{Name(failed)}\" to input {EvaluationFailure.Quoted(document)}")
            : EvaluationFailure.OfDepth(written);
        if (failure is not null)
            written = null;
        return failure is null;
    }

    /// <summary>Writes below a place, which is null where there is nothing yet.</summary>
    private JsonValue? Write(JsonValue? parent, int at, JsonValue value, out int failed)
    {
        failed = at;
        if (at == _steps.Length)
            return value;
        switch (_steps[at])
        {
            case FieldStep field when parent is null or JsonObject:
                var o = parent as JsonObject ?? JsonObject.Empty;
                return Write(o[field.Name], at + 1, value, out failed) is { } member ? o.With(field.Name, member) : null;
            case IndexStep index when parent is JsonArray array && index.Index < array.Count:
                return Write(array[index.Index], at + 1, value, out failed) is { } item
                    ? new JsonArray(array.Items.SetItem(index.Index, item))
                    : null;
            default:
                return null;
        }
    }

    /// <summary>AWS names the step that led to the value that is in the way; at the root there is none.</summary>
    private string Name(int failed) => _steps[Math.Max(0, failed - 1)] switch
    {
        FieldStep field => field.Name,
        IndexStep index => index.Index.ToString(CultureInfo.InvariantCulture),
        var other => throw new InvalidOperationException($"No step of a reference path: {other}"),
    };
}
