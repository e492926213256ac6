using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Describes an activity.</summary>
/// <param name="ActivityArn">The activity.</param>
public sealed record DescribeActivityRequest(ActivityArn ActivityArn);

/// <summary>What is known of an activity.</summary>
/// <param name="ActivityArn">The activity.</param>
/// <param name="CreationDate">Unix milliseconds.</param>
public sealed record DescribeActivityResponse(ActivityArn ActivityArn, long CreationDate);
