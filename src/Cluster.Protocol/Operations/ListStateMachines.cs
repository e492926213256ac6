using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Lists the machines.</summary>
/// <param name="MaxResults">1 to 1,000.</param>
/// <param name="NextToken">The token of the page before, or null.</param>
public sealed record ListStateMachinesRequest(int MaxResults, string? NextToken);

/// <summary>A page.</summary>
/// <param name="StateMachines">The machines.</param>
/// <param name="NextToken">The token of the next page, or null on the last one.</param>
public sealed record ListStateMachinesResponse(IReadOnlyList<StateMachineListItem> StateMachines, string? NextToken);

/// <summary>A machine in a list.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="Type">STANDARD or EXPRESS.</param>
/// <param name="CreationDate">Unix milliseconds.</param>
public sealed record StateMachineListItem(StateMachineArn StateMachineArn, string Type, long CreationDate);
