using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Sets tags of a machine or an activity; those that the request does not name stay.</summary>
/// <param name="ResourceArn">The resource.</param>
/// <param name="Tags">The tags by key.</param>
public sealed record TagResourceRequest(TaggedArn ResourceArn, IReadOnlyDictionary<string, string> Tags);

/// <summary>The answer: the tags are durable; it has no members.</summary>
public sealed record TagResourceResponse;
