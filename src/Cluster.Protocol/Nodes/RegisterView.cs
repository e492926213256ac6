namespace Cluster.Protocol.Nodes;

/// <summary>What a node says of itself in the register.</summary>
/// <param name="Incarnation">The number of this life of the process; a new start has a new one, above 0.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Address">Where its callers come in, for those who were sent to the wrong node.</param>
/// <param name="IsLeaving">Whether it gives its shards away and takes none.</param>
public sealed record NodeEntry(long Incarnation, string Name, string Address, bool IsLeaving);

/// <summary>How a node stands, by the store's clock.</summary>
/// <param name="Node">What it says of itself.</param>
/// <param name="IsPresent">
/// Whether its presence lock is held. One that is not present has ended or lost its connection, and does not come back under this
/// incarnation without taking the lock again.
/// </param>
/// <param name="Remaining">How long its lease still lasts; zero or less when it has run out.</param>
/// <param name="Age">How long ago it joined.</param>
public sealed record NodeStanding(NodeEntry Node, bool IsPresent, TimeSpan Remaining, TimeSpan Age);

/// <summary>Who holds a shard, at which epoch.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Incarnation">Its holder, which may have ended; 0 for nobody.</param>
/// <param name="Epoch">The epoch; it only rises.</param>
public readonly record struct ShardStanding(int Shard, long Incarnation, long Epoch);

/// <summary>The register at one moment of the store.</summary>
/// <param name="StoreLine">
/// Which store this is, and which line of its past. It changes when the store was put back, or a stand-in with another past took over:
/// epochs may then be lower than they were.
/// </param>
/// <param name="Nodes">All nodes that have joined and not left, by incarnation; those whose lease has run out among them.</param>
/// <param name="Shards">All shards, by number.</param>
public sealed record RegisterView(string StoreLine, IReadOnlyList<NodeStanding> Nodes, IReadOnlyList<ShardStanding> Shards)
{
    /// <summary>How long the store has been up. It cannot tell of nodes that were there before whether they still are, until they have come back.</summary>
    public TimeSpan StoreUp { get; init; } = TimeSpan.MaxValue;
}
