using Cluster.Protocol.Nodes;

namespace Cluster.Node.Journal;

/// <summary>
/// The nodes and shards of a store that several processes share. All leases are judged by the store's clock; who gets a shard gets it with a
/// higher epoch, and the store refuses every append at an older one. Each grant is noted in the register's log in the same transaction.
/// </summary>
public interface IClusterRegister
{
    /// <summary>How many shards there are; a setting of the store that never changes.</summary>
    int ShardCount { get; }

    /// <summary>The number of this life of the process; above 0, and in every row that it writes.</summary>
    long Incarnation { get; }

    /// <summary>
    /// Carries a request out, durable when the task completes. One of them at a time; a failure of the store is an answer, not an exception.
    /// The first holds the presence lock of this incarnation, which ends with the process or its connection. Whatever has broken and made that
    /// connection anew, the first renewal after it fails.
    /// </summary>
    ValueTask<RegisterAnswer> AskAsync(RegisterRequest request, CancellationToken cancellation);
}
