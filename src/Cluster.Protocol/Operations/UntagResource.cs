using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Takes tags from a machine or an activity.</summary>
/// <param name="ResourceArn">The resource.</param>
/// <param name="TagKeys">The keys; one that the resource does not have changes nothing.</param>
public sealed record UntagResourceRequest(TaggedArn ResourceArn, IReadOnlyList<string> TagKeys);

/// <summary>The answer: the tags are gone; it has no members.</summary>
public sealed record UntagResourceResponse;
