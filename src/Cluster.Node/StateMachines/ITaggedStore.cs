namespace Cluster.Node.StateMachines;

/// <summary>
/// Resources that have tags. Tags are one text per resource, the canonical form of <see cref="TagSet"/>; they are written with the resource
/// and go with it.
/// </summary>
public interface ITaggedStore
{
    /// <summary>The tags of a resource; null when there is no such resource.</summary>
    ValueTask<string?> ReadTagsAsync(string account, string region, string name, CancellationToken cancellation);

    /// <summary>Replaces the tags of a resource when they are still <paramref name="expected"/>; false when they are others, or it is gone.</summary>
    ValueTask<bool> ReplaceTagsAsync(
        string account, string region, string name, string expected, string tags, CancellationToken cancellation);
}
