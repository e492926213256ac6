using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Deletes a machine.</summary>
/// <param name="StateMachineArn">The machine.</param>
public sealed record DeleteStateMachineRequest(StateMachineArn StateMachineArn);

/// <summary>The answer; it has no members.</summary>
public sealed record DeleteStateMachineResponse;
