using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Definitions.Choices;

/// <summary>A condition on the value that a path names.</summary>
/// <param name="variable">Where the value is.</param>
internal abstract class VariableCondition(JsonPath variable) : ChoiceCondition
{
    /// <inheritdoc/>
    public sealed override bool TryEvaluate(in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        holds = false;
        return TryRead(variable, scope, out var value, out failure) && TryJudge(value, scope, out holds, out failure);
    }

    /// <summary>Reads a path; one that names nothing fails the execution.</summary>
    protected static bool TryRead(
        JsonPath path, in EvaluationScope scope, [NotNullWhen(true)] out JsonValue? value, out EvaluationFailure? failure)
    {
        failure = null;
        value = null;
        if (scope.Input is JsonNull && !path.IsContext)
        {
            failure = new EvaluationFailure("States.Runtime", JsonPath.NoDocument);
            return false;
        }

        if (path.TryFind(scope, out value))
            return true;
        failure = new EvaluationFailure(
            "States.Runtime", $"Invalid path '{path.Text}': The choice state's condition path references an invalid value.");
        return false;
    }

    /// <summary>Judges the value.</summary>
    protected abstract bool TryJudge(JsonValue value, in EvaluationScope scope, out bool holds, out EvaluationFailure? failure);
}
