using Cluster.Node.Actors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Sharding;

/// <summary>The shards that this process holds: finds the one of a name or an id and hands the message on.</summary>
public sealed class ShardRegion
{
    private readonly ActorRef[] _shards;

    /// <summary>Starts all shards; this process holds every one.</summary>
    /// <param name="system">Where they run.</param>
    /// <param name="epochs">The epoch of each shard; as many as there are shards.</param>
    /// <param name="start">Makes a shard's actor.</param>
    public ShardRegion(ActorSystem system, IReadOnlyList<long> epochs, Func<ShardRange, long, Actor> start)
    {
        _shards = new ActorRef[epochs.Count];
        for (var i = 0; i < _shards.Length; i++)
            _shards[i] = system.Spawn($"shard-{i}", start(ShardRange.Of(i, epochs.Count), epochs[i]));
    }

    /// <summary>All shards, for /admin and for the drain.</summary>
    public IReadOnlyList<ActorRef> Shards => _shards;

    /// <summary>Starts an entity under a name.</summary>
    public void Tell(StartEntity start, ActorRef sender) => ShardOf(start.Name.Bucket).Tell(start, sender);

    /// <summary>Sends a message to an entity.</summary>
    public void Tell(ToEntity message, ActorRef? sender) => ShardOf(message.Id.Bucket).Tell(message, sender);

    private ActorRef ShardOf(int bucket) => _shards[ShardRange.IndexOf(bucket, _shards.Length)];
}
