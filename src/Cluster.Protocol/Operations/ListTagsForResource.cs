using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Lists the tags of a machine or an activity.</summary>
/// <param name="ResourceArn">The resource.</param>
public sealed record ListTagsForResourceRequest(TaggedArn ResourceArn);

/// <summary>The tags, in the order of their keys.</summary>
/// <param name="Tags">The tags, key and value.</param>
public sealed record ListTagsForResourceResponse(IReadOnlyList<KeyValuePair<string, string>> Tags);
