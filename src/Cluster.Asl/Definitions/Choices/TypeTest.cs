using Cluster.Asl.Expressions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Definitions.Choices;

/// <summary>What a type test asks for.</summary>
internal enum TestedType : byte
{
    /// <summary>JSON null.</summary>
    Null,

    /// <summary>A number.</summary>
    Numeric,

    /// <summary>A string.</summary>
    String,

    /// <summary>A truth value.</summary>
    Boolean,

    /// <summary>A string that is a timestamp.</summary>
    Timestamp,
}

/// <summary>IsNull, IsNumeric, IsString, IsBoolean, IsTimestamp: the type is, or is not, the asked one.</summary>
internal sealed class TypeTest(JsonPath variable, TestedType type, bool expected) : VariableCondition(variable)
{
    /// <inheritdoc/>
    protected override bool TryJudge(JsonValue value, in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        failure = null;
        holds = Is(value) == expected;
        return true;
    }

    private bool Is(JsonValue value) => type switch
    {
        TestedType.Null => value.Kind == JsonKind.Null,
        TestedType.Numeric => value.Kind == JsonKind.Number,
        TestedType.String => value.Kind == JsonKind.String,
        TestedType.Boolean => value.Kind == JsonKind.Boolean,
        TestedType.Timestamp => TimestampComparand.TryTake(value, out _),
        _ => throw new ArgumentOutOfRangeException(nameof(value), type, message: null),
    };
}

/// <summary>IsPresent: the path names something, be it null, or it does not. It never fails.</summary>
internal sealed class PresenceTest(JsonPath variable, bool expected) : ChoiceCondition
{
    /// <inheritdoc/>
    public override bool TryEvaluate(in EvaluationScope scope, out bool holds, out EvaluationFailure? failure)
    {
        failure = null;
        holds = variable.TryFind(scope, out _) == expected;
        return true;
    }
}
