using Cluster.Node.Actors;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Sharding;

/// <summary>
/// Decides, for one of the nodes that share a store, which shards it holds: keeps its lease, takes what nobody alive holds, gives away what
/// others should have, and starts and ends the shards' actors accordingly.
/// </summary>
/// <remarks>
/// <para>Each node has one and decides for itself alone; the register is the judge. What it does with an old view does no harm: a take and a
/// hand-over name the epoch that was seen, and are left undone when it has changed.</para>
/// <para>Always: a shard lives here only at an epoch that the register granted to this incarnation, and never again at one that it lost
/// or gave away.</para>
/// </remarks>
public sealed partial class ShardCoordinator : Actor
{
    private readonly CoordinatorRoom _room;
    private readonly SortedDictionary<int, HeldShard> _held = [];
    private readonly SortedDictionary<long, long> _absentSince = [];
    private readonly long[] _gone;
    private NodeEntry _me;
    private ITimer? _pulse;
    private ITimer? _lookAgain;
    private RegisterView? _view;
    private long _viewSentAt = long.MinValue;
    private long _trustsLeasesUntil = long.MinValue;
    private bool _renewing;
    private bool _taking;
    private bool _giving;
    private bool _joined;
    private ActorRef? _leaver;
    private bool _leaveAsked;

    /// <summary>The coordinator of a node.</summary>
    /// <param name="room">Its ports and settings.</param>
    /// <param name="me">What the node says of itself.</param>
    public ShardCoordinator(CoordinatorRoom room, NodeEntry me)
    {
        _room = room;
        _me = me;
        _gone = new long[room.Region.Count];
    }

    private LeaseSettings Settings => _room.Settings;

    /// <inheritdoc/>
    public override void PreStart()
    {
        _pulse = PulseAfter(TimeSpan.Zero, Settings.Renew);
        _lookAgain = PulseAfter(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public override void PostStop()
    {
        _pulse?.Dispose();
        _lookAgain?.Dispose();
        _room.Lease.End();
        foreach (var shard in _held.Keys.ToList())
            Lose(shard, owner: null);
    }

    /// <inheritdoc/>
    public override void Receive(in Envelope message)
    {
        switch (message.Message)
        {
            case Pulse:
                Renew();
                break;
            case RegisterAnswer answer:
                Answered(answer);
                break;
            case ShardStopped stopped:
                Stopped(stopped);
                break;
            case ShardFenced fenced:
                Fenced(fenced);
                break;
            case LeaveCluster:
                BeginToLeave(message.Sender);
                break;
            case InspectCluster:
                message.Sender?.Tell(new ClusterReport(_me, _room.Lease.IsHeld, _view));
                break;
            case Terminated terminated:
                Ended(terminated);
                break;
            case DeadLetter letter:
                PassOn(letter.Letter);
                break;
            default:
                throw new InvalidOperationException($"A coordinator has no use for {message.Message.GetType().Name}.");
        }
    }

    private void Renew()
    {
        if (_renewing || _leaveAsked)
            return;
        _renewing = true;
        Ask(new RegisterRequest.Renew(_me, Settings.Lease, System.Time.GetTimestamp()));
    }

    private ITimer PulseAfter(TimeSpan due, TimeSpan period) =>
        System.Time.CreateTimer(static self => ((ActorRef)self!).Tell(Pulse.Instance), Self, due, period);

    private void Ask(RegisterRequest request) => _room.Register.Ask(request, Self);

    private void Answered(RegisterAnswer answer)
    {
        switch (answer)
        {
            case RegisterAnswer.Renewed renewed:
                _renewing = false;
                Renewed(renewed);
                break;
            case RegisterAnswer.Granted { Request: RegisterRequest.Take } taken:
                _taking = false;
                Taken(taken.Shards);
                break;
            case RegisterAnswer.Granted { Request: RegisterRequest.HandOver handOver } given:
                _giving = false;
                Given(handOver, given.Shards);
                break;
            case RegisterAnswer.Left:
                _leaver?.Tell(HasLeft.Instance);
                break;
            case RegisterAnswer.Failed failed:
                Failed(failed);
                break;
            default:
                throw new InvalidOperationException($"A coordinator has no use for the answer {answer.GetType().Name}.");
        }
    }

    private void Renewed(RegisterAnswer.Renewed answer)
    {
        if (_leaveAsked || answer.Request.SentAt < _viewSentAt)
            return;
        _viewSentAt = answer.Request.SentAt;
        var term = _room.Lease.Term;
        _room.Lease.Extend(answer.Request.SentAt, Settings.Lease - Settings.Margin);
        if (_view is { } last && !string.Equals(last.StoreLine, answer.View.StoreLine, StringComparison.Ordinal))
            StartOver(answer.View.StoreLine);
        if (answer.View.StoreUp < Settings.Lease)
            TrustLeasesFor(Settings.Lease - answer.View.StoreUp);
        _view = answer.View;
        var before = _held.ToList();
        Follow(answer.View);
        if (term != _room.Lease.Term && _room.Lease.IsHeld)
            TellKept(before);
        Plan(answer.View);
    }

    /// <summary>
    /// The store has another past than it had: what was granted may not be known to it, and its epochs may be older. Nothing is held any
    /// more, and all is taken again above every epoch that this node has seen.
    /// </summary>
    private void StartOver(string line)
    {
        LogStartOver(_room.Log, line);
        foreach (var shard in _held.Keys.ToList())
            Lose(shard, owner: null);
    }

    /// <summary>Whoever is not present may only not have come back: for so long nobody is passed over whose lease lasts.</summary>
    private void TrustLeasesFor(TimeSpan time) => _trustsLeasesUntil = Math.Max(
        _trustsLeasesUntil, System.Time.GetTimestamp() + (long)(time.TotalSeconds * System.Time.TimestampFrequency));

    private void Failed(RegisterAnswer.Failed failed)
    {
        switch (failed.Request)
        {
            case RegisterRequest.Renew:
                // The connection that holds the presence lock may be gone: others may soon take what is ours.
                _renewing = false;
                TrustLeasesFor(Settings.Lease);
                var wasHeld = _room.Lease.IsHeld;
                _room.Lease.End();
                if (!wasHeld)
                    break;

                // The first failure is asked again at once, as a new connection is often all that it needs; further ones wait for the pulse.
                LogLeaseEnded(_room.Log, failed.Reason);
                Renew();
                break;
            case RegisterRequest.Take:
                _taking = false;
                break;
            case RegisterRequest.HandOver:
                _giving = false;
                break;
            case RegisterRequest.Leave:
                // Others will find out.
                _leaver?.Tell(HasLeft.Instance);
                break;
        }
    }

    /// <summary>Calls of those shards alone may go on that were not lost before the lease was regained.</summary>
    private void TellKept(IReadOnlyList<KeyValuePair<int, HeldShard>> before)
    {
        foreach (var (shard, held) in before)
        {
            if (ReferenceEquals(_held.GetValueOrDefault(shard), held))
                held.Actor.Tell(LeaseRegained.Instance);
        }
    }

    private bool IsMe(long incarnation) => incarnation == _me.Incarnation;

    /// <summary>To itself: renew.</summary>
    private sealed record Pulse
    {
        public static readonly Pulse Instance = new();
    }

    /// <summary>A shard that lives here.</summary>
    private sealed class HeldShard(ActorRef actor, long epoch)
    {
        public ActorRef Actor { get; } = actor;

        public long Epoch { get; } = epoch;

        /// <summary>Who gets it, while it is handed off; 0 is nobody.</summary>
        public long? Successor { get; set; }

        /// <summary>Whether its entities have ended and it writes no more.</summary>
        public bool HasStopped { get; set; }
    }
}
