using Cluster.Node.Actors;

namespace Cluster.Node.Sharding;

/// <content>How a shard is given away in order, and how it is lost.</content>
/// <remarks>
/// <para>Given away: it drains, which means that no state is run and no call begun, until its effects under way have ended or patience has;
/// then its entities end after their last append, and it writes nothing more. What comes from then on waits until the new owner is known.</para>
/// <para>Lost: a newer epoch is in the store. Everything ends at once; whatever was under way is refused there.</para>
/// </remarks>
public sealed partial class Shard
{
    /// <summary>How many messages wait for the new owner; further ones are refused at once.</summary>
    public const int MostWaiting = 4096;

    /// <summary>How often the effects under way are counted while it drains, in milliseconds.</summary>
    private const long PulseMilliseconds = 20;

    private readonly List<Envelope> _waiting = [];
    private Phase _phase;
    private MessageTimer? _pulse;
    private long _drainUntil;
    private string? _owner;
    private bool _isGiven;
    private bool _hasEffects = true;

    private enum Phase
    {
        /// <summary>Messages are delivered.</summary>
        Open,

        /// <summary>Messages are delivered, but no state is run.</summary>
        Draining,

        /// <summary>Entities end; messages wait, but for the answers of effects.</summary>
        Stopping,

        /// <summary>Another node holds it.</summary>
        Lost,
    }

    private void Hold(in Envelope message)
    {
        switch (message.Message)
        {
            case HandOff handOff:
                Drain(handOff.Patience);
                break;
            case Pulse:
                CountEffects();
                break;
            case ShardGiven given:
                _owner = given.Owner;
                _isGiven = true;
                Lose();
                EndWhenEmpty();
                break;
            case Fenced:
                if (_phase != Phase.Lost)
                    _keeper?.Tell(new ShardFenced(_range.Index, _epoch));
                Lose();
                break;
            case LeaseRegained:
                _room.Entities.LeaseRegained(_hold!);
                break;
            default:
                throw new InvalidOperationException($"A shard has no use for {message.Message.GetType().Name}.");
        }
    }

    /// <summary>Whether messages are delivered now; otherwise this one waits or is refused. The answer of an effect has no sender.</summary>
    private bool Takes(object message, ActorRef? sender)
    {
        if (_phase is Phase.Open or Phase.Draining || (_phase == Phase.Stopping && sender is null))
            return true;
        if (_phase == Phase.Stopping && _waiting.Count < MostWaiting)
            _waiting.Add(new Envelope(message, sender));
        else
            sender?.Tell(new NotOwner(_range.Index, _owner));
        return false;
    }

    private void Drain(TimeSpan patience)
    {
        if (_phase != Phase.Open)
            return;
        _phase = Phase.Draining;
        _hold!.Drain.Begin();
        _window.Close();
        _drainUntil = Now + (long)patience.TotalMilliseconds;
        _pulse = new MessageTimer(Self, Pulse.Instance);
        CountEffects();
    }

    /// <summary>
    /// Once no effect is under way the entities end. An append that was on its way may still let one out: its answer is taken, too.
    /// </summary>
    private void CountEffects()
    {
        if (_phase == Phase.Draining && IsQuiet)
        {
            _phase = Phase.Stopping;
            foreach (var id in _live.Keys.Order())
                _live[id].Actor.Tell(HandOffStop.Instance);
        }

        if (_phase is Phase.Draining or Phase.Stopping && !TellStopped())
            _room.Timers.Set(_pulse!, Now + PulseMilliseconds);
    }

    private bool IsQuiet => _room.Entities.EffectsInFlight(_range.Index) == 0 || Now >= _drainUntil;

    private bool TellStopped()
    {
        if (_phase != Phase.Stopping || _live.Count > 0 || !IsQuiet)
            return false;

        // What has outlasted the patience and has not left, for want of the lease or of room, must not leave while the shard is being given.
        EndEffects();
        _keeper?.Tell(new ShardStopped(_range.Index, _epoch));
        return true;
    }

    private void EndEffects()
    {
        if (_hasEffects)
            _room.Entities.Lost(_hold!);
        _hasEffects = false;
    }

    private void Lose()
    {
        if (_phase == Phase.Lost)
            return;
        _phase = Phase.Lost;
        EndEffects();
        _window.Close();
        if (_pulse is not null)
            _room.Timers.Cancel(_pulse);
        foreach (var id in _live.Keys.Order())
            End(id, wakeAt: null);
        foreach (var letter in _waiting)
            letter.Sender!.Tell(new NotOwner(_range.Index, _owner));
        _waiting.Clear();
    }

    /// <summary>It stays until its last entity has ended: those who wait for a start, or behind one, hear of it from here.</summary>
    private void EndWhenEmpty()
    {
        if (_isGiven && _live.Count == 0)
            System.Stop(Self);
    }

    private long Now => System.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>To itself: count again.</summary>
    private sealed record Pulse
    {
        public static readonly Pulse Instance = new();
    }
}
