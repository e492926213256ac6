using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Creates a machine.</summary>
/// <param name="Name">Its name, already judged by the name rules.</param>
/// <param name="Definition">The definition's text, at most 1,048,576 bytes; the Node parses and validates it.</param>
/// <param name="RoleArn">The role.</param>
/// <param name="Type">STANDARD or EXPRESS.</param>
/// <param name="LoggingConfiguration">The logging configuration as JSON text in the canonical form of the Gateway, so that equal ones are equal texts; null is OFF.</param>
/// <param name="Tracing">Whether tracing is on.</param>
/// <param name="Tags">Its tags, at most 50, or null; they take no part in idempotency.</param>
public sealed record CreateStateMachineRequest(
    string Name,
    string Definition,
    string RoleArn,
    string Type,
    string? LoggingConfiguration,
    bool Tracing,
    IReadOnlyDictionary<string, string>? Tags = null);

/// <summary>The answer: the machine is durable.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="CreationDate">Unix milliseconds.</param>
public sealed record CreateStateMachineResponse(StateMachineArn StateMachineArn, long CreationDate);
