using Cluster.Node.Actors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Sharding;

/// <summary>What an entity knows of the shard that it lives in.</summary>
/// <param name="Index">The shard.</param>
/// <param name="Epoch">The epoch at which this process holds it.</param>
/// <param name="Shard">The shard's actor.</param>
public sealed record ShardHold(int Index, long Epoch, ActorRef Shard);

/// <summary>Makes the entities of a shard.</summary>
public interface IEntityFactory
{
    /// <summary>An entity that starts now: its first message is the start's.</summary>
    Actor Start(ExecutionId id, EntityName name, ShardHold hold);

    /// <summary>An entity that exists: it reads itself back from the journal.</summary>
    Actor Restore(ExecutionId id, ShardHold hold);
}

/// <summary>Where a shard reads which of its entities sleep, and until when.</summary>
public interface IWakeSource
{
    /// <summary>Reads a page of the entities of some buckets that must be woken until a time, earliest first; the answer is a <see cref="WakePage"/>.</summary>
    /// <param name="firstBucket">The first bucket.</param>
    /// <param name="lastBucket">The last bucket, inclusive.</param>
    /// <param name="until">Unix milliseconds.</param>
    /// <param name="after">The last sleeper of the page before, or null.</param>
    /// <param name="replyTo">Who gets the page.</param>
    void Read(int firstBucket, int lastBucket, long until, Sleeper? after, ActorRef replyTo);
}

/// <summary>Chance for ids and seeds: from a seed in the simulator, from the operating system in production.</summary>
public interface IChance
{
    /// <summary>64 bits of chance; safe from any thread.</summary>
    ulong Next();
}
