using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;

namespace Cluster.Protocol.Ports;

/// <summary>Changes the tags of machines and activities. Any node may carry a change out: the store orders them.</summary>
public interface ITagCatalog
{
    /// <summary>Sets tags. Answers ResourceNotFound, or TooManyTags when the resource would have more than it may.</summary>
    ValueTask<AwsResult<TagResourceResponse>> TagResourceAsync(TagResourceRequest request, CancellationToken cancellation);

    /// <summary>Takes tags away. Answers ResourceNotFound.</summary>
    ValueTask<AwsResult<UntagResourceResponse>> UntagResourceAsync(UntagResourceRequest request, CancellationToken cancellation);
}
