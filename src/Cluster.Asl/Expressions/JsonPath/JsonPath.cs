using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A parsed JSONPath in the dialect that AWS accepts, which is Jayway's. Immutable and shared.</summary>
/// <remarks>
/// Jayway's functions (<c>.length()</c>) are no part of it: AWS accepts them in definitions and then looks for a
/// property of that name.
/// </remarks>
public sealed class JsonPath
{
    private readonly ImmutableArray<PathStep> _steps;

    internal JsonPath(string text, bool isContext, ImmutableArray<PathStep> steps)
    {
        Text = text;
        IsContext = isContext;
        _steps = steps;
        IsDefinite = true;
        for (var i = 0; i < steps.Length; i++)
            IsDefinite &= steps[i].IsDefinite(isLast: i == steps.Length - 1);
    }

    /// <summary>The path <c>$</c>.</summary>
    public static JsonPath Root { get; } = new("$", isContext: false, []);

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>Whether the path starts with <c>$$</c> and so reads the context object.</summary>
    public bool IsContext { get; }

    /// <summary>Whether the path names at most one value; an indefinite one always gives an array.</summary>
    public bool IsDefinite { get; }

    /// <summary>Parses a path. Variables (<c>$name</c>) and intrinsic functions are refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = string.Equals(text, "$", StringComparison.Ordinal) ? Root : PathParser.Parse(text);
        return path is not null;
    }

    /// <summary>Finds what the path names. Definite paths of fields and indexes allocate nothing.</summary>
    /// <param name="scope">The documents that <c>$</c> and <c>$$</c> name.</param>
    /// <param name="value">The value, or the array of values of an indefinite path, which may be empty.</param>
    /// <param name="reason">When nothing was found: Jayway's words (<c>No results for path: $['x']</c>, <c>Missing property in path $['no']</c>).</param>
    public bool TryRead(in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out string? reason)
    {
        var document = IsContext ? scope.Context.Document : scope.Input;
        reason = null;
        if (!IsDefinite)
        {
            value = new PathWalk(document).Find(document, this);
            reason = value is null ? $"The path {Text} looks at more than {PathWalk.MaxVisits} values" : null;
            return value is not null;
        }

        value = Follow(document, out var last, out var failed);
        reason = value is null ? PathMiss.Describe(_steps, failed, last) : null;
        return value is not null;
    }

    /// <summary>As <see cref="TryRead"/>, for callers that need no reason (<c>IsPresent</c>).</summary>
    public bool TryFind(in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value)
    {
        var document = IsContext ? scope.Context.Document : scope.Input;
        value = IsDefinite ? Follow(document, out _, out _) : new PathWalk(document).Find(document, this);
        return value is not null;
    }

    internal ImmutableArray<PathStep> Steps => _steps;

    /// <summary>Follows a definite path.</summary>
    /// <param name="document">Where it begins.</param>
    /// <param name="last">The last value reached.</param>
    /// <param name="failed">The step that could not be taken from there.</param>
    internal JsonValue? Follow(JsonValue document, out JsonValue last, out int failed)
    {
        last = document;
        for (failed = 0; failed < _steps.Length; failed++)
        {
            if (_steps[failed].Next(last) is not { } next)
                return null;
            last = next;
        }

        return last;
    }
}
