using Cluster.Node.Actors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Sharding;

/// <summary>
/// The shards that this process holds: finds the one of a name or an id and hands the message on. A message for a shard that another node
/// holds is answered with <see cref="NotOwner"/>. Safe from any thread; shards come and go by one actor alone.
/// </summary>
public sealed class ShardRegion
{
    private readonly ActorSystem _system;
    private readonly ShardRoom _room;
    private readonly ActorRef?[] _shards;
    private readonly string?[] _owners;

    /// <summary>A region without shards.</summary>
    /// <param name="system">Where they run.</param>
    /// <param name="count">How many shards there are.</param>
    /// <param name="room">What they share.</param>
    public ShardRegion(ActorSystem system, int count, ShardRoom room)
    {
        _system = system;
        _room = room;
        _shards = new ActorRef?[count];
        _owners = new string?[count];
    }

    /// <summary>The region of a process that holds every shard.</summary>
    /// <param name="system">Where they run.</param>
    /// <param name="epochs">The epoch of each shard; as many as there are shards.</param>
    /// <param name="room">What they share.</param>
    public ShardRegion(ActorSystem system, IReadOnlyList<long> epochs, ShardRoom room)
        : this(system, epochs.Count, room)
    {
        for (var shard = 0; shard < epochs.Count; shard++)
            Hold(shard, epochs[shard], keeper: null);
    }

    /// <summary>How many shards there are.</summary>
    public int Count => _shards.Length;

    /// <summary>The shards that this process holds now, by number; for /admin and for the drain.</summary>
    public IReadOnlyList<ActorRef> Shards
    {
        get
        {
            var held = new List<ActorRef>(_shards.Length);
            for (var shard = 0; shard < _shards.Length; shard++)
            {
                if (Volatile.Read(ref _shards[shard]) is { } actor)
                    held.Add(actor);
            }

            return held;
        }
    }

    /// <summary>Starts an entity under a name.</summary>
    public void Tell(StartEntity start, ActorRef sender) => Tell(start.Name.Bucket, start, sender);

    /// <summary>Sends a message to an entity.</summary>
    public void Tell(ToEntity message, ActorRef? sender) => Tell(message.Id.Bucket, message, sender);

    /// <summary>Starts a shard at an epoch.</summary>
    internal ActorRef Hold(int shard, long epoch, ActorRef? keeper)
    {
        var range = ShardRange.Of(shard, _shards.Length);
        var actor = _system.Spawn($"shard-{shard}", new Shard(range, epoch, _room, keeper), keeper);
        Volatile.Write(ref _shards[shard], actor);
        return actor;
    }

    /// <summary>Sends no more to a shard.</summary>
    internal void Drop(int shard) => Volatile.Write(ref _shards[shard], null);

    /// <summary>Where a shard is when it is not here.</summary>
    internal void IsAt(int shard, string? owner) => Volatile.Write(ref _owners[shard], owner);

    /// <summary>The answer to a message for a shard that is not here.</summary>
    internal NotOwner Elsewhere(int bucket)
    {
        var shard = ShardRange.IndexOf(bucket, _shards.Length);
        return new NotOwner(shard, Volatile.Read(ref _owners[shard]));
    }

    private void Tell(int bucket, object message, ActorRef? sender)
    {
        if (Volatile.Read(ref _shards[ShardRange.IndexOf(bucket, _shards.Length)]) is { } shard)
            shard.Tell(message, sender);
        else
            sender?.Tell(Elsewhere(bucket));
    }
}
