using Cluster.Protocol.Arns;
using Cluster.Protocol.History;

namespace Cluster.Protocol.Operations;

/// <summary>Reads a page of an execution's history.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="MaxResults">1 to 1,000.</param>
/// <param name="ReverseOrder">Newest event first.</param>
/// <param name="IncludeExecutionData">Whether payloads are given.</param>
/// <param name="NextToken">The token of the page before, or null.</param>
public sealed record GetExecutionHistoryRequest(
    ExecutionArn ExecutionArn, int MaxResults, bool ReverseOrder, bool IncludeExecutionData, string? NextToken);

/// <summary>A page.</summary>
/// <param name="Events">The events in the order asked for.</param>
/// <param name="NextToken">The token of the next page, or null on the last one.</param>
public sealed record GetExecutionHistoryResponse(IReadOnlyList<HistoryEvent> Events, string? NextToken);
