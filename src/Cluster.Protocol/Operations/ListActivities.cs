using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Lists the activities.</summary>
/// <param name="MaxResults">1 to 1,000.</param>
/// <param name="NextToken">The token of the page before, or null.</param>
public sealed record ListActivitiesRequest(int MaxResults, string? NextToken);

/// <summary>A page.</summary>
/// <param name="Activities">The activities.</param>
/// <param name="NextToken">The token of the next page, or null on the last one.</param>
public sealed record ListActivitiesResponse(IReadOnlyList<ActivityListItem> Activities, string? NextToken);

/// <summary>An activity in a list.</summary>
/// <param name="ActivityArn">The activity.</param>
/// <param name="CreationDate">Unix milliseconds.</param>
public sealed record ActivityListItem(ActivityArn ActivityArn, long CreationDate);
