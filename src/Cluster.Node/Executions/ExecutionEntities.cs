using Cluster.Node.Actors;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>Makes the executions of all shards; each shard has its own effect runner, which outlives their actors and its own.</summary>
public sealed class ExecutionEntities : IEntityFactory
{
    private readonly ExecutionRoom _room;
    private readonly EffectRunner[] _effects;

    /// <summary>Makes no execution yet.</summary>
    /// <param name="room">What all executions share.</param>
    /// <param name="tasks">Makes their calls.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <param name="lease">Whether calls may leave; null for a node that shares its store with nobody.</param>
    public ExecutionEntities(ExecutionRoom room, ITaskRunner tasks, int shards, Lease? lease = null)
    {
        _room = room;
        _effects = [.. Enumerable.Range(0, shards).Select(_ => new EffectRunner(tasks, room.Metrics, lease ?? Lease.Endless))];
    }

    /// <summary>Calls in flight and answers not yet taken, over all shards.</summary>
    public int CallsInFlight => _effects.Sum(effects => effects.Count);

    /// <inheritdoc/>
    public Actor Start(ExecutionId id, EntityName name, ShardHold hold) => ExecutionActor.Start(id, hold, _room, _effects[hold.Index]);

    /// <inheritdoc/>
    public Actor Restore(ExecutionId id, ShardHold hold, bool wasHere) =>
        ExecutionActor.Restore(id, hold, _room, _effects[hold.Index], wasHere);

    /// <inheritdoc/>
    public void Held(ShardHold hold) => _effects[hold.Index].Held(hold);

    /// <inheritdoc/>
    public void Lost(ShardHold hold)
    {
        _effects[hold.Index].Lost(hold);
        _room.Parked.RemoveAll(id => ShardRange.IndexOf(id.Bucket, _effects.Length) == hold.Index);
    }

    /// <inheritdoc/>
    public void LeaseRegained(ShardHold hold) => _effects[hold.Index].LeaseRegained();

    /// <inheritdoc/>
    public int EffectsInFlight(int shard) => _effects[shard].Count;
}
