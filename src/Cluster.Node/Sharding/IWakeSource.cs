using Cluster.Node.Actors;

namespace Cluster.Node.Sharding;

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
