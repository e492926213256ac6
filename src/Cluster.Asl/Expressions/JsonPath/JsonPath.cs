using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A parsed JSONPath in the dialect that AWS accepts. Immutable and shared.</summary>
public sealed class JsonPath
{
    private JsonPath(string text, bool isContext, bool isDefinite)
    {
        Text = text;
        IsContext = isContext;
        IsDefinite = isDefinite;
    }

    /// <summary>The path <c>$</c>.</summary>
    public static JsonPath Root { get; } = new("$", isContext: false, isDefinite: true);

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether the path starts with <c>$$</c> and so reads the context object.</summary>
    public bool IsContext { get; }

    /// <summary>Whether the path names at most one value; an indefinite one always gives an array.</summary>
    public bool IsDefinite { get; }

    /// <summary>Parses a path.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = string.Equals(text, "$", StringComparison.Ordinal) ? Root : null;
        return path is not null;
    }

    /// <summary>Finds what the path names.</summary>
    /// <param name="scope">The documents that <c>$</c> and <c>$$</c> name.</param>
    /// <param name="value">The value, or the array of values of an indefinite path.</param>
    /// <param name="reason">When nothing was found: Jayway's words (<c>No results for path: $['x']</c>, <c>Missing property in path $['no']</c>).</param>
    public bool TryRead(in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out string? reason)
    {
        value = IsContext ? scope.Context.Document : scope.Input;
        reason = null;
        return true;
    }
}
