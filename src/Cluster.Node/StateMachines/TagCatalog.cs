using Cluster.Protocol.Arns;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Operations;
using Cluster.Protocol.Ports;

namespace Cluster.Node.StateMachines;

/// <summary>Changes the tags of machines and activities; a change is made on what was read, or again on what won.</summary>
public sealed class TagCatalog(IStateMachineStore machines, IActivityStore activities) : ITagCatalog
{
    /// <summary>How often a lost race of two changes is run again before the caller is told to.</summary>
    private const int MostTries = 8;

    /// <inheritdoc/>
    public async ValueTask<AwsResult<TagResourceResponse>> TagResourceAsync(TagResourceRequest request, CancellationToken cancellation)
    {
        var refused = await ChangeAsync(request.ResourceArn, tags => tags.With(request.Tags), cancellation).ConfigureAwait(false);
        return refused is null ? new TagResourceResponse() : refused;
    }

    /// <inheritdoc/>
    public async ValueTask<AwsResult<UntagResourceResponse>> UntagResourceAsync(
        UntagResourceRequest request, CancellationToken cancellation)
    {
        var refused = await ChangeAsync(request.ResourceArn, tags => tags.Without(request.TagKeys), cancellation).ConfigureAwait(false);
        return refused is null ? new UntagResourceResponse() : refused;
    }

    private async ValueTask<AwsError?> ChangeAsync(TaggedArn arn, Func<TagSet, TagSet> change, CancellationToken cancellation)
    {
        ITaggedStore store = arn.Kind == TaggedKind.Activity ? activities : machines;
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var current = await store.ReadTagsAsync(arn.Account, arn.Region, arn.Name, cancellation).ConfigureAwait(false);
            if (current is null)
                return AwsErrors.ResourceNotFound(arn.Text);
            var changed = change(TagSet.Read(current));
            if (changed.Count > TagSet.MostTags)
                return AwsErrors.TooManyTags(changed.Count);
            var text = changed.ToString();
            if (string.Equals(text, current, StringComparison.Ordinal)
                || await store.ReplaceTagsAsync(arn.Account, arn.Region, arn.Name, current, text, cancellation).ConfigureAwait(false))
            {
                return null;
            }
        }

        return new AwsError("ConflictException", "The tags are being changed by others. Try again.");
    }
}
