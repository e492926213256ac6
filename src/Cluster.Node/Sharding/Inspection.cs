namespace Cluster.Node.Sharding;

/// <summary>To a shard: tell how you stand; the sender gets a <see cref="ShardReport"/>.</summary>
public sealed record InspectShard
{
    /// <summary>The one instance.</summary>
    public static readonly InspectShard Instance = new();
}

/// <summary>How a shard stands.</summary>
/// <param name="Index">The shard.</param>
/// <param name="Epoch">The epoch at which this process holds it.</param>
/// <param name="FirstBucket">Its first bucket.</param>
/// <param name="LastBucket">Its last bucket, inclusive.</param>
/// <param name="Live">Entities in memory.</param>
/// <param name="Sleepers">Sleeping entities whose time comes soon.</param>
/// <param name="Lost">Whether another owner holds the shard now.</param>
public sealed record ShardReport(int Index, long Epoch, int FirstBucket, int LastBucket, int Live, int Sleepers, bool Lost);
