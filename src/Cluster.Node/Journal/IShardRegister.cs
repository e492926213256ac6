namespace Cluster.Node.Journal;

/// <summary>
/// The shards and their epochs as the store knows them. Who acquires a shard raises its epoch, and the store refuses every append at an
/// older one: that alone is what keeps a former owner from writing.
/// </summary>
public interface IShardRegister
{
    /// <summary>How many shards there are; a setting of the store that never changes.</summary>
    int ShardCount { get; }

    /// <summary>Takes all shards, each with its next epoch. Durable when the task completes.</summary>
    /// <returns>The epochs, by shard.</returns>
    ValueTask<IReadOnlyList<long>> AcquireShardsAsync(CancellationToken cancellation);
}
