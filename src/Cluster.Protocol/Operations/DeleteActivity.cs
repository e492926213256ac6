using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Deletes an activity.</summary>
/// <param name="ActivityArn">The activity.</param>
public sealed record DeleteActivityRequest(ActivityArn ActivityArn);

/// <summary>The answer; it has no members.</summary>
public sealed record DeleteActivityResponse;
