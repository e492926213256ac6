using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Intrinsics;

/// <summary>
/// A call of an intrinsic function, <c>States.Format('{}', $.x)</c>, with all that is nested in it. Compiled once, immutable and shared;
/// an evaluation parses nothing.
/// </summary>
public sealed class IntrinsicCall
{
    private readonly IntrinsicNode _root;

    internal IntrinsicCall(string text, IntrinsicFunction function, IntrinsicNode root)
    {
        Text = text;
        Function = function;
        _root = root;
    }

    /// <summary>The text as it was written.</summary>
    public string Text { get; }

    /// <summary>The outermost function.</summary>
    internal IntrinsicFunction Function { get; }

    /// <summary>Parses a call.</summary>
    /// <param name="text">The text, which begins with the name of a function.</param>
    /// <param name="call">The call; null for a text that is none, for one that nests too deep and for one that reads a variable.</param>
    /// <param name="variable">The first variable (<c>$name</c>) among the arguments, which cannot be read yet.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out IntrinsicCall? call, out string? variable)
    {
        call = IntrinsicParser.Parse(text, out variable);
        return call is not null;
    }

    /// <summary>Calls the function.</summary>
    /// <param name="scope">What paths among the arguments read, and chance.</param>
    /// <param name="value">The result, which may nest deeper than payloads may.</param>
    /// <param name="failure">Why there is none: <c>States.IntrinsicFailure</c>, or <c>States.Runtime</c> for a path that leads nowhere.</param>
    public bool TryEvaluate(
        in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        var progress = new EvaluationProgress();
        value = Evaluate(scope, ref progress);
        failure = progress.Failure;
        return value is not null;
    }

    /// <summary>Calls the function as a part of a larger evaluation; the failure names the whole call, not what is nested in it.</summary>
    internal JsonValue? Evaluate(in EvaluationScope scope, ref EvaluationProgress progress)
    {
        if (_root.Evaluate(scope, ref progress) is { } value)
            return value;
        var failure = progress.Failure!;
        progress.Failure = failure with { Detail = $"The function '{Text}' had the following error: {failure.Detail}" };
        return null;
    }
}
