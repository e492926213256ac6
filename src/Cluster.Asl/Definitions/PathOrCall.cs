using Cluster.Asl.Expressions;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;

namespace Cluster.Asl.Definitions;

/// <summary>A field whose value is found by a path, or made by an intrinsic function: ErrorPath and CausePath.</summary>
/// <param name="Path">The path, or null when it is a call.</param>
/// <param name="Call">The call, or null when it is a path.</param>
public sealed record PathOrCall(JsonPath? Path, IntrinsicCall? Call)
{
    /// <summary>The text as it was written.</summary>
    public string Text => Path?.Text ?? Call!.Text;

    /// <summary>Finds or makes the value; null with the failure when that cannot be done.</summary>
    /// <param name="scope">What the path or the arguments read.</param>
    /// <param name="field">The field's name, which the failure of a path names.</param>
    /// <param name="failure">Why there is no value.</param>
    public JsonValue? Evaluate(in EvaluationScope scope, string field, out EvaluationFailure? failure)
    {
        failure = null;
        if (Call is not null)
            return Call.TryEvaluate(scope, out var made, out failure) ? made : null;
        if (Path!.TryRead(scope, out var found, out _))
            return found;
        failure = EvaluationFailure.PathNotFound(Path, field, scope.Input);
        return null;
    }
}
