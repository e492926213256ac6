namespace Cluster.Node.Journal;

/// <summary>How the buckets are spread over shards: each shard is a range of buckets.</summary>
public static class Shards
{
    /// <summary>The number of shards of a new store.</summary>
    public const int DefaultCount = 64;

    /// <summary>The number of buckets of each shard.</summary>
    public const int BucketsEach = Protocol.Identity.Buckets.Count / DefaultCount;

    /// <summary>The shard of a bucket.</summary>
    public static int OfBucket(int bucket) => bucket / BucketsEach;

    /// <summary>The first bucket of a shard.</summary>
    public static int FirstBucket(int shard) => shard * BucketsEach;

    /// <summary>The last bucket of a shard, inclusive.</summary>
    public static int LastBucket(int shard) => FirstBucket(shard) + BucketsEach - 1;
}
