namespace Cluster.Protocol.Identity;

/// <summary>The buckets of a shard: each shard is a range of them.</summary>
/// <param name="Index">The shard.</param>
/// <param name="FirstBucket">The first bucket.</param>
/// <param name="LastBucket">The last bucket, inclusive.</param>
public readonly record struct ShardRange(int Index, int FirstBucket, int LastBucket)
{
    /// <summary>The number of shards of a new store.</summary>
    public const int DefaultCount = 64;

    /// <summary>The buckets of one of so many shards.</summary>
    public static ShardRange Of(int index, int shards) =>
        new(index, index * Buckets.Count / shards, ((index + 1) * Buckets.Count / shards) - 1);

    /// <summary>The shard of a bucket.</summary>
    public static int IndexOf(int bucket, int shards) => bucket * shards / Buckets.Count;
}
