using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Creates a machine.</summary>
/// <param name="Name">Its name, already judged by the name rules.</param>
/// <param name="Definition">The definition's text, at most 1,048,576 bytes; the Node parses and validates it.</param>
/// <param name="RoleArn">The role.</param>
/// <param name="Type">STANDARD or EXPRESS.</param>
/// <param name="LoggingConfiguration">The logging configuration as JSON text, or null for OFF.</param>
/// <param name="Tracing">Whether tracing is on.</param>
public sealed record CreateStateMachineRequest(
    string Name, string Definition, string RoleArn, string Type, string? LoggingConfiguration, bool Tracing);

/// <summary>The answer: the machine is durable.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="CreationDate">Unix milliseconds.</param>
public sealed record CreateStateMachineResponse(StateMachineArn StateMachineArn, long CreationDate);
