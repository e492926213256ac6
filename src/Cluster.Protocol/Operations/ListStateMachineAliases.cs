using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Lists the aliases of a machine.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="NextToken">The token of the page before, or null.</param>
public sealed record ListStateMachineAliasesRequest(StateMachineArn StateMachineArn, string? NextToken);

/// <summary>A page. No alias can be created yet, so it is empty and the last one.</summary>
public sealed record ListStateMachineAliasesResponse;
