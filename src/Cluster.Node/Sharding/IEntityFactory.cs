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
