using Cluster.Asl.Expressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Definitions.Choices;

/// <summary>Compares with a constant. A value of another type is no match.</summary>
internal sealed class ConstantComparison<T, TFamily>(JsonPath variable, Relation relation, T constant) : VariableCondition(variable)
    where TFamily : IComparand<T>
{
    /// <inheritdoc/>
    protected override bool TryJudge(JsonValue value, in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        failure = null;
        holds = TFamily.TryTake(value, out var left) && relation.Holds(TFamily.Compare(left, constant));
        return true;
    }
}

/// <summary>Compares with the value that another path names. A value of another type, on either side, is no match.</summary>
internal sealed class PathComparison<T, TFamily>(JsonPath variable, Relation relation, JsonPath operand) : VariableCondition(variable)
    where TFamily : IComparand<T>
{
    /// <inheritdoc/>
    protected override bool TryJudge(JsonValue value, in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        holds = false;
        if (!TryRead(operand, scope, out var other, out failure))
            return false;
        holds = TFamily.TryTake(value, out var left)
            && TFamily.TryTake(other, out var right)
            && relation.Holds(TFamily.Compare(left, right));
        return true;
    }
}

/// <summary>StringMatches: the variable is a string of a pattern's form.</summary>
internal sealed class MatchCondition(JsonPath variable, WildcardPattern pattern) : VariableCondition(variable)
{
    /// <inheritdoc/>
    protected override bool TryJudge(JsonValue value, in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        failure = null;
        holds = value is JsonString text && pattern.IsMatch(text.Value);
        return true;
    }
}
