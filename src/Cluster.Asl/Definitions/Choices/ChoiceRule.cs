using Cluster.Asl.Expressions;

namespace Cluster.Asl.Definitions.Choices;

/// <summary>A rule of a Choice state.</summary>
/// <param name="Condition">What must hold.</param>
/// <param name="Next">The state that goes on when it holds.</param>
/// <param name="Comment">The author's comment.</param>
public sealed record ChoiceRule(ChoiceCondition Condition, string Next, string? Comment);

/// <summary>A condition of a Choice rule: a comparison, or And, Or, Not of conditions.</summary>
public abstract class ChoiceCondition
{
    /// <summary>Judges the condition. A type that does not fit is false; a path that names nothing is a failure, except for IsPresent.</summary>
    /// <param name="scope">The effective input and the context object.</param>
    /// <param name="holds">Whether the condition holds; false on failure.</param>
    /// <param name="failure">Why it could not be judged, or null.</param>
    /// <returns>Whether the condition could be judged.</returns>
    public abstract bool TryEvaluate(in EvaluationScope scope, out bool holds, out EvaluationFailure? failure);
}
