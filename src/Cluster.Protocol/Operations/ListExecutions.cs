using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Lists a machine's executions, newest start first.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="StatusFilter">RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED; null for all.</param>
/// <param name="MaxResults">1 to 1,000.</param>
/// <param name="NextToken">The token of the page before, or null.</param>
public sealed record ListExecutionsRequest(StateMachineArn StateMachineArn, string? StatusFilter, int MaxResults, string? NextToken);

/// <summary>A page.</summary>
/// <param name="Executions">The executions.</param>
/// <param name="NextToken">The token of the next page, or null on the last one.</param>
public sealed record ListExecutionsResponse(IReadOnlyList<ExecutionListItem> Executions, string? NextToken);

/// <summary>An execution in a list. Dates are Unix milliseconds.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="Status">Its status.</param>
/// <param name="StartDate">The start.</param>
/// <param name="StopDate">The end, or null while it runs.</param>
public sealed record ExecutionListItem(ExecutionArn ExecutionArn, string Status, long StartDate, long? StopDate);
