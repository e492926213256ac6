using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions.Jsonata;

/// <summary>What came of an evaluation.</summary>
public enum JsonataOutcome : byte
{
    /// <summary>Nothing: the expression found no value.</summary>
    Undefined,

    /// <summary>A JSON value.</summary>
    Value,

    /// <summary>A function, or a value that holds one: it cannot leave the expression.</summary>
    Function,

    /// <summary>An error.</summary>
    Error,
}

/// <summary>The result of an evaluation.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Value">The value of <see cref="JsonataOutcome.Value"/>, else null.</param>
/// <param name="Error">The error of <see cref="JsonataOutcome.Error"/>, else null.</param>
public readonly record struct JsonataResult(JsonataOutcome Outcome, JsonValue? Value, JsonataError? Error);
