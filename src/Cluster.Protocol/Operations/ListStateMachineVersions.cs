using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Lists the versions of a machine.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="NextToken">The token of the page before, or null.</param>
public sealed record ListStateMachineVersionsRequest(StateMachineArn StateMachineArn, string? NextToken);

/// <summary>A page. No version can be published yet, so it is empty and the last one.</summary>
public sealed record ListStateMachineVersionsResponse;
