using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>A parsed JSONPath in the dialect that AWS accepts, which is Jayway's before its version 2.1. Immutable and shared.</summary>
/// <remarks>
/// Functions (<c>.length()</c>) came to Jayway later and are no part of it: AWS accepts them in definitions and then looks for a property
/// of that name. The lexical operators of filters (<c>in</c>, <c>size</c>) came later, too, and are taken all the same.
/// </remarks>
public sealed class JsonPath
{
    /// <summary>What AWS says of each path into a document that is null, <c>$</c> included.</summary>
    internal const string NoDocument = "Unable to apply Path transformation to null or empty input.";

    private readonly ImmutableArray<PathStep> _steps;

    internal JsonPath(string text, bool isContext, ImmutableArray<PathStep> steps)
    {
        Text = text;
        IsContext = isContext;
        _steps = steps;
        IsDefinite = true;
        for (var i = 0; i < steps.Length; i++)
        {
            IsDefinite &= steps[i].IsDefinite(isLast: i == steps.Length - 1);
            Weight += steps[i] is FieldsStep fields ? fields.Names.Length : 1;
        }
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

    /// <summary>Reads what the path names; an element outside of an array is null (A34). Definite paths of fields and elements allocate nothing.</summary>
    /// <param name="scope">The documents that <c>$</c> and <c>$$</c> name.</param>
    /// <param name="value">The value, or the array of values of an indefinite path, which may be empty.</param>
    /// <param name="reason">When nothing was found: Jayway's words (<c>No results for path: $['x']</c>, <c>Missing property in path $['no']</c>).</param>
    public bool TryRead(in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out string? reason) =>
        TryEvaluate(DocumentOf(scope), out value, out reason, out _);

    /// <summary>As <see cref="TryRead"/>, with the failure that AWS shows for a field of a template.</summary>
    /// <param name="scope">The documents that <c>$</c> and <c>$$</c> name.</param>
    /// <param name="field">The field's name as it is written in the definition.</param>
    /// <param name="value">The value, or the array of values of an indefinite path, which may be empty.</param>
    /// <param name="failure">When nothing was found: States.Runtime.</param>
    public bool TryReadField(
        in EvaluationScope scope,
        string field,
        [NotNullWhen(true)] out JsonValue? value,
        [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        var document = DocumentOf(scope);
        failure = TryEvaluate(document, out value, out var reason, out var kind) ? null : kind switch
        {
            ReasonKind.Missing => EvaluationFailure.PathNotFound(this, field, document),
            ReasonKind.Invalid or ReasonKind.NoDocument => EvaluationFailure.Runtime(reason),
            _ => EvaluationFailure.InvalidPath(this, reason),
        };
        return failure is null;
    }

    /// <summary>As <see cref="TryRead"/>, with the failure that AWS shows for InputPath and OutputPath, whose <c>$</c> takes null as it is.</summary>
    /// <param name="scope">The documents that <c>$</c> and <c>$$</c> name.</param>
    /// <param name="value">The value, or the array of values of an indefinite path, which may be empty.</param>
    /// <param name="failure">When nothing was found: States.Runtime.</param>
    public bool TryReadDocument(
        in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        failure = null;
        value = scope.Input;
        if (ReferenceEquals(this, Root))
            return true;
        failure = TryEvaluate(DocumentOf(scope), out value, out var reason, out var kind) ? null
            : kind is ReasonKind.NoDocument ? EvaluationFailure.Runtime(reason)
            : EvaluationFailure.InvalidPath(this, reason);
        return failure is null;
    }

    /// <summary>
    /// As <see cref="TryRead"/>, with the failure that AWS shows for an argument of an intrinsic function: an element outside of its array
    /// fails here, a path into the context object is named as one into a document, and the input is quoted all the same.
    /// </summary>
    internal bool TryReadArgument(
        in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        failure = null;
        var isRead = TryEvaluate(DocumentOf(scope), out value, out var reason, out var kind);
        if (!isRead && kind is not ReasonKind.Missing)
            failure = EvaluationFailure.Runtime(reason!);
        else if (!isRead || (value is JsonNull && !TryFind(scope, out value)))
            failure = EvaluationFailure.ArgumentNotFound(IsContext ? Text[1..] : Text, scope.Input);
        return failure is null;
    }

    /// <summary>Finds what the path names, where an element outside of an array is nothing: for conditions and the arguments of functions.</summary>
    public bool TryFind(in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value)
    {
        var document = DocumentOf(scope);
        value = IsDefinite ? Follow(document, out _) : Bounded(new PathWalk(document).Find(document, this, out _));
        return value is not null;
    }

    internal ImmutableArray<PathStep> Steps => _steps;

    /// <summary>The names and places that following the path looks up.</summary>
    internal int Weight { get; }

    /// <summary>Follows a definite path.</summary>
    /// <param name="document">Where it begins.</param>
    /// <param name="miss">The step that could not be taken.</param>
    internal JsonValue? Follow(JsonValue document, out PathMiss miss)
    {
        var last = document;
        for (var i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].Next(last) is not { } next)
            {
                miss = new PathMiss(i, last);
                return null;
            }

            last = next;
        }

        miss = default;
        return last;
    }

    /// <summary>Follows a definite path to an element that may lie outside of its array, where it is null.</summary>
    internal JsonValue? FollowToElement(JsonValue document, out PathMiss miss)
    {
        var value = Follow(document, out miss);
        return value is null && miss.From is JsonArray && miss.Step == _steps.Length - 1 && _steps[miss.Step] is ElementStep ? JsonValue.Null : value;
    }

    private static JsonArray? Bounded(JsonArray? found) => found is null || EvaluationFailure.OfDepth(found) is not null ? null : found;

    private JsonValue DocumentOf(in EvaluationScope scope) => IsContext ? scope.Context.Document : scope.Input;

    private bool TryEvaluate(
        JsonValue document, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out string? reason, out ReasonKind kind)
    {
        reason = null;
        kind = ReasonKind.Missing;
        if (document is JsonNull)
        {
            value = null;
            reason = NoDocument;
            kind = ReasonKind.NoDocument;
            return false;
        }

        PathMiss miss;
        if (IsDefinite)
        {
            value = FollowToElement(document, out miss);
        }
        else
        {
            var walk = new PathWalk(document);
            var found = walk.Find(document, this, out miss);
            value = Bounded(found);
            if (value is null && (found is not null || walk.IsExhausted))
            {
                kind = ReasonKind.TooMuch;
                reason = found is null
                    ? $"The path {Text} looks at more than {PathWalk.MaxVisits} values"
                    : EvaluationFailure.OfDepth(found)!.Detail;
                return false;
            }
        }

        if (value is not null)
            return true;
        reason = miss.Describe(_steps, out var isInvalid);
        kind = isInvalid ? ReasonKind.Invalid : ReasonKind.Missing;
        return false;
    }

    /// <summary>Why a path gives nothing: AWS words the first two differently in templates.</summary>
    private enum ReasonKind
    {
        /// <summary>There is nothing at the path.</summary>
        Missing,

        /// <summary>The path does not fit the document.</summary>
        Invalid,

        /// <summary>The document is null.</summary>
        NoDocument,

        /// <summary>A limit.</summary>
        TooMuch,
    }
}
