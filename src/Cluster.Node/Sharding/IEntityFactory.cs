using Cluster.Node.Actors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Sharding;

/// <summary>What an entity knows of the shard that it lives in.</summary>
/// <param name="Index">The shard.</param>
/// <param name="Epoch">The epoch at which this process holds it.</param>
/// <param name="Shard">The shard's actor.</param>
/// <param name="Drain">Whether the shard drains.</param>
/// <param name="HeldAt">Since when this process holds it, in Unix milliseconds.</param>
public sealed record ShardHold(int Index, long Epoch, ActorRef Shard, DrainSwitch Drain, long HeldAt = 0);

/// <summary>Makes the entities of a shard, and keeps what outlives their actors.</summary>
public interface IEntityFactory
{
    /// <summary>An entity that starts now: its first message is the start's.</summary>
    Actor Start(ExecutionId id, EntityName name, ShardHold hold);

    /// <summary>An entity that exists: it reads itself back from the journal.</summary>
    /// <param name="id">The entity.</param>
    /// <param name="hold">The shard.</param>
    /// <param name="wasHere">
    /// Whether an actor of it has recovered within this hold before: what is outstanding and not known here has then never left.
    /// </param>
    Actor Restore(ExecutionId id, ShardHold hold, bool wasHere);

    /// <summary>This process holds a shard from now on; comes before any entity of the hold.</summary>
    void Held(ShardHold hold);

    /// <summary>This process does not hold a shard any more: no effect of that hold may leave.</summary>
    void Lost(ShardHold hold);

    /// <summary>The node's lease is held again: effects that had to wait for it may leave.</summary>
    void LeaseRegained(ShardHold hold);

    /// <summary>The effects of a shard that run outside, or whose answers are not durable yet.</summary>
    int EffectsInFlight(int shard);
}
