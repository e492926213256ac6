namespace Cluster.Node.Journal;

/// <summary>Keeps the keys of task tokens with the store, so that every node and every later life of a process knows them.</summary>
public interface ITokenKeyStore
{
    /// <summary>The keys as they were last written, or null before the first.</summary>
    ValueTask<string?> ReadTokenKeysAsync(CancellationToken cancellation);

    /// <summary>Replaces the keys, unless somebody else has done so meanwhile.</summary>
    /// <param name="expected">What was read before; null for none.</param>
    /// <param name="keys">What shall be kept.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>Whether they were replaced.</returns>
    ValueTask<bool> TryChangeTokenKeysAsync(string? expected, string keys, CancellationToken cancellation);
}
