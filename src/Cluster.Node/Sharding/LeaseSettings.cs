namespace Cluster.Node.Sharding;

/// <summary>How nodes that share a store keep their leases and share its shards.</summary>
public sealed record LeaseSettings
{
    /// <summary>How long a lease lasts by the store's clock: after it others take the shards of a node that was not heard of.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before the end of its lease a node lets no effect out any more.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a node renews its lease, and looks at the others.</summary>
    public TimeSpan Renew { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a node must not have been present before its shards are taken although its lease lasts: longer than a living node needs to
    /// notice that its connection broke.
    /// </summary>
    public TimeSpan Absence { get; init; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long after a node has joined shards move to it: those who join together are one step.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long calls under way may take to end before their shard is given away: after it their outcome is unknown to its new owner.</summary>
    public TimeSpan HandOffPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many shards are handed off at a time: the others go on working meanwhile.</summary>
    public int HandOffsAtATime { get; init; } = 8;
}
