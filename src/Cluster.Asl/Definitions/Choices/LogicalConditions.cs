using System.Collections.Immutable;
using Cluster.Asl.Expressions;

namespace Cluster.Asl.Definitions.Choices;

/// <summary>
/// And, Or. Judged in order and no further than needed, so that a first IsPresent guards what follows it.
/// </summary>
/// <param name="isAnd">Whether all must hold, or one.</param>
/// <param name="conditions">The conditions; at least one.</param>
internal sealed class JunctionCondition(bool isAnd, ImmutableArray<ChoiceCondition> conditions) : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool TryEvaluate(in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        foreach (var condition in conditions)
        {
            if (!condition.TryEvaluate(scope, out holds, out failure))
                return false;
            if (holds != isAnd)
                return true;
        }

        holds = isAnd;
        failure = null;
        return true;
    }
}

/// <summary>Not. A failure stays a failure.</summary>
internal sealed class NotCondition(ChoiceCondition condition) : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool TryEvaluate(in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        var judged = condition.TryEvaluate(scope, out var inner, out failure);
        holds = judged && !inner;
        return judged;
    }
}
