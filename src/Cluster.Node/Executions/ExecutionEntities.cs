using Cluster.Node.Actors;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>Makes the executions of all shards; each shard has its own effect runner, which outlives their actors.</summary>
public sealed class ExecutionEntities(ExecutionRoom room, ITaskRunner tasks, int shards) : IEntityFactory
{
    private readonly EffectRunner?[] _effects = new EffectRunner?[shards];

    /// <summary>Calls in flight and answers not yet taken, over all shards.</summary>
    public int CallsInFlight => _effects.Sum(effects => effects?.Count ?? 0);

    /// <inheritdoc/>
    public Actor Start(ExecutionId id, EntityName name, ShardHold hold) => ExecutionActor.Start(id, hold, room, EffectsOf(hold));

    /// <inheritdoc/>
    public Actor Restore(ExecutionId id, ShardHold hold) => ExecutionActor.Restore(id, hold, room, EffectsOf(hold));

    // Only the shard's own actor asks for it.
    private EffectRunner EffectsOf(ShardHold hold) => _effects[hold.Index] ??= new EffectRunner(hold.Shard, tasks, room.Metrics);
}
