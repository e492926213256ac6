using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Updates a machine; null keeps what there is.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="Definition">The new definition's text.</param>
/// <param name="RoleArn">The new role.</param>
/// <param name="LoggingConfiguration">The new logging configuration as JSON text, in the canonical form of the Gateway.</param>
/// <param name="Tracing">Whether tracing is on.</param>
public sealed record UpdateStateMachineRequest(
    StateMachineArn StateMachineArn, string? Definition, string? RoleArn, string? LoggingConfiguration, bool? Tracing);

/// <summary>The answer: the update is durable.</summary>
/// <param name="UpdateDate">Unix milliseconds.</param>
/// <param name="RevisionId">The revision that new executions run; null while nothing has ever changed.</param>
public sealed record UpdateStateMachineResponse(long UpdateDate, string? RevisionId);
