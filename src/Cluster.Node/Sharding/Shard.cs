using Cluster.Node.Actors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Sharding;

/// <summary>
/// A shard: knows which of its entities live, wakes those that sleep, settles names one start at a time, and builds an entity anew that
/// was lost.
/// </summary>
/// <remarks>Always: at most one actor of an entity lives; a message for an entity that is ending is kept for the next one.</remarks>
public sealed partial class Shard : Actor
{
    private readonly ShardRange _range;
    private readonly long _epoch;
    private readonly ShardRoom _room;
    private readonly ActorRef? _keeper;
    private readonly Dictionary<ExecutionId, Entity> _live = [];
    private readonly Dictionary<ActorRef, ExecutionId> _idOf = [];
    private readonly HashSet<ExecutionId> _rebuilding = [];
    private readonly StartQueue _starts = new();
    private readonly WakeWindow _window;
    private ShardHold? _hold;

    /// <summary>A shard that this process holds at an epoch.</summary>
    /// <param name="range">Which shard.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="room">What it shares with the other shards.</param>
    /// <param name="keeper">Who hears that it is lost or has stopped; null where it is never given away.</param>
    public Shard(ShardRange range, long epoch, ShardRoom room, ActorRef? keeper = null)
    {
        _range = range;
        _epoch = epoch;
        _room = room;
        _keeper = keeper;
        _window = new WakeWindow(range, room.Wakes, room.Timers);
    }

    /// <inheritdoc/>
    public override void PreStart()
    {
        _hold = new ShardHold(_range.Index, _epoch, Self, new DrainSwitch(_room.Drain), System.Time.GetUtcNow().ToUnixTimeMilliseconds());
        _room.Entities.Held(_hold);
        _window.Open(Self, System.Time);
    }

    /// <inheritdoc/>
    public override void PostStop()
    {
        _window.Close();
        if (_phase != Phase.Lost)
            _room.Entities.Lost(_hold!);
        foreach (var id in _live.Keys.Order())
            System.Stop(_live[id].Actor);
    }

    /// <inheritdoc/>
    public override void Receive(in Envelope message)
    {
        switch (message.Message)
        {
            case ToEntity to:
                Deliver(to, message.Sender);
                break;
            case StartEntity start:
                Start(start, message.Sender);
                break;
            case StartSettled settled:
                if (_live.TryGetValue(settled.Id, out var started))
                    Settle(started);
                break;
            case Passivate passivate:
                End(passivate.Id, passivate.WakeAt);
                break;
            case Rebuild rebuild:
                End(rebuild.Id, wakeAt: 0);
                _rebuilding.Add(rebuild.Id);
                break;
            case Terminated terminated:
                Ended(terminated);
                break;
            case DeadLetter letter:
                // Told while the entity was failing: the next one gets it.
                Redeliver(letter.Letter);
                break;
            case WakePage page:
                _window.Take(page, _live.ContainsKey);
                break;
            case WakeWindow.Due due:
                if (_phase == Phase.Open)
                    Deliver(new ToEntity(due.Id, Wake.Instance), sender: null);
                break;
            case WakeWindow.Scan:
                _window.Read();
                break;
            case InspectShard:
                message.Sender?.Tell(new ShardReport(
                    _range.Index, _epoch, _range.FirstBucket, _range.LastBucket, _live.Count, _window.Count, _phase == Phase.Lost));
                break;
            default:
                Hold(message);
                break;
        }
    }

    private void Start(StartEntity start, ActorRef? sender)
    {
        if (Takes(start, sender) && _starts.Begin(start.Name, new Envelope(start, sender)))
            Mint(start, sender);
    }

    private void Mint(StartEntity start, ActorRef? sender)
    {
        var now = System.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var id = ExecutionId.Create(now, start.Name.Bucket, _room.Chance.Next(), _room.Chance.Next());
        var entity = Live(id, _room.Entities.Start(id, start.Name, _hold!));
        entity.Starting = start.Name;
        entity.Starter = sender;
        entity.Actor.Tell(start, sender);
    }

    private void Settle(Entity entity)
    {
        if (entity.Starting is not { } name)
            return;
        entity.Starting = null;
        entity.Starter = null;
        while (_starts.Settle(name) is { } next)
        {
            if (!Takes(next.Message, next.Sender))
                continue;
            Mint((StartEntity)next.Message, next.Sender);
            return;
        }
    }

    private void Deliver(ToEntity message, ActorRef? sender)
    {
        if (!Takes(message, sender))
            return;
        _window.Woken(message.Id);
        if (!_live.TryGetValue(message.Id, out var entity))
            entity = Live(message.Id, _room.Entities.Restore(message.Id, _hold!, _rebuilding.Remove(message.Id)));
        if (entity.Kept is { } kept)
            kept.Add(new Envelope(message, sender));
        else
            entity.Actor.Tell(message, sender);
        if (_phase == Phase.Stopping)
            entity.Actor.Tell(HandOffStop.Instance);
    }

    private Entity Live(ExecutionId id, Actor actor)
    {
        var entity = new Entity(System.Spawn(id.ToString(), actor, Self));
        _live.Add(id, entity);
        _idOf.Add(entity.Actor, id);
        return entity;
    }

    /// <summary>Ends an entity; what comes for it until it has ended is kept.</summary>
    private void End(ExecutionId id, long? wakeAt)
    {
        if (!_live.TryGetValue(id, out var entity) || entity.Kept is not null)
            return;
        entity.Kept = [];
        entity.WakeAt = wakeAt;
        System.Stop(entity.Actor);
    }

    private void Ended(Terminated terminated)
    {
        if (!_idOf.Remove(terminated.Actor, out var id) || !_live.Remove(id, out var entity))
            return;
        if (entity.Starting is not null)
        {
            entity.Starter?.Tell(StartLost.Instance);
            Settle(entity);
        }

        foreach (var letter in terminated.Unread)
            Redeliver(letter);
        foreach (var letter in entity.Kept ?? [])
            Redeliver(letter);
        if (_live.ContainsKey(id))
            return;

        // An entity that failed comes back after a pause: what made it fail may need a moment, and a loop must not eat the node.
        if (terminated.Failure is not null)
            _window.Sleep(id, System.Time.GetUtcNow().ToUnixTimeMilliseconds() + WakeWindow.RestartMilliseconds);
        else if (entity.WakeAt is { } wakeAt)
            _window.Sleep(id, wakeAt);
        TellStopped();
        EndWhenEmpty();
    }

    private void Redeliver(in Envelope letter)
    {
        if (letter.Message is ToEntity message && message.Message is not Wake)
            Deliver(message, letter.Sender);
    }

    private sealed class Entity(ActorRef actor)
    {
        public ActorRef Actor { get; } = actor;

        /// <summary>Mail for the next actor of this entity, while this one ends.</summary>
        public List<Envelope>? Kept { get; set; }

        /// <summary>When it must be woken after its end, in Unix milliseconds, or null.</summary>
        public long? WakeAt { get; set; }

        /// <summary>The name of its start, while the first append is not answered.</summary>
        public EntityName? Starting { get; set; }

        /// <summary>Who waits for the start's answer.</summary>
        public ActorRef? Starter { get; set; }
    }
}
