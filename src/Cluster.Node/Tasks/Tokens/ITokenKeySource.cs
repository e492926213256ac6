namespace Cluster.Node.Tasks.Tokens;

/// <summary>Where the keys of task tokens are kept.</summary>
public interface ITokenKeySource
{
    /// <summary>
    /// The keys as they are kept, the oldest first; read anew at a bounded pace, however often it is called. Whoever calls meanwhile gets
    /// what was read last; null when they could not be read.
    /// </summary>
    ValueTask<IReadOnlyList<TokenKey>?> LookAgainAsync(CancellationToken cancellation);
}
