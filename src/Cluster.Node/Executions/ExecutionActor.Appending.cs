using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <content>Making decided events durable, and what leaves afterwards.</content>
public sealed partial class ExecutionActor
{
    /// <summary>The fault point between the commit and all that leaves because of it.</summary>
    public const string AfterCommitBeforeRelease = "after-commit-before-release";

    /// <summary>How long a name stays taken after its execution has ended, in milliseconds: 90 days.</summary>
    public const long NameMilliseconds = 90L * 24 * 60 * 60 * 1000;

    /// <summary>The redrive segment: each execution has one so far.</summary>
    private const int Segment = 1;

    private Execution? _verified;

    /// <summary>What the store must know of this execution's next wake: 0 while something is outstanding, null when it has ended.</summary>
    private long? RequiredWakeAt => HasNotices ? 0 : _execution!.IsClosed ? null : WakeTimeOf(_execution);

    /// <summary>When an execution must be woken if its actor ends now.</summary>
    internal static long? WakeTimeOf(Execution execution) => execution.IsClosed
        ? null
        : execution.IsCalling || execution.IsRunnable || !execution.Orphans.IsEmpty ? 0 : execution.WakeAt;

    private void Flush()
    {
        if (_flying is not null || _passivating || _ending || _next.Events.Count == 0)
            return;
        _flying = _next;
        _next = new PendingAppend();
        _room.Journal.Append(Request(_flying));
    }

    private AppendRequest Request(PendingAppend append)
    {
        var events = append.Events;
        var (first, last) = HistoryRange(events);
        var bytes = _room.Codec.Encode(events);
        Verify(bytes);
        var isStart = _sequenceNr == 0;
        var wakeAt = RequiredWakeAt;
        var change = Change(wakeAt, isStart);
        if (isStart || change is not null)
            Stored(wakeAt);
        var (offered, withdrawn) = _pending.Change(_execution!);
        append.Offered = offered;
        return new AppendRequest
        {
            Id = _id,
            ExpectedSequenceNr = _sequenceNr,
            Shard = _hold.Index,
            Epoch = _hold.Epoch,
            Row = new JournalRow(_sequenceNr + 1, first, last, _execution!.IsClosed, bytes),
            Name = isStart ? _reservation : null,
            NewExecution = isStart ? NewRow(wakeAt) : null,
            Change = change,
            Offered = offered,
            Withdrawn = withdrawn,
            Reply = _ports,
        };
    }

    private ExecutionChange? Change(long? wakeAt, bool isStart)
    {
        if (_execution!.IsClosed)
        {
            return new ExecutionChange(
                StatusOf(_execution.State), _execution.StoppedAt, wakeAt, _execution.StoppedAt + NameMilliseconds);
        }

        // The stored time may be early, never late.
        var movesEarlier = wakeAt is { } at && (!_wakeIsKnown || _lingers || _storedWakeAt is not { } stored || at < stored);
        return !isStart && movesEarlier ? new ExecutionChange(Status: null, StopDate: null, wakeAt, NameExpiresAt: null) : null;
    }

    private void Stored(long? wakeAt)
    {
        _storedWakeAt = wakeAt;
        _wakeIsKnown = true;
    }

    private void Answered(in AppendOutcome outcome)
    {
        if (_passivating)
        {
            Passivated(outcome);
            return;
        }

        var flown = _flying!;
        _flying = null;
        switch (outcome.Kind)
        {
            case AppendOutcomeKind.Appended:
                Committed(flown);
                break;
            case AppendOutcomeKind.NameTaken:
                Refused(flown, NameAnswer(outcome.NameHolder!));
                break;
            case AppendOutcomeKind.Unavailable:
                _room.Metrics.StartRefused();
                Refused(flown, new ExecutionAnswer.Refused("The store takes no new executions now."));
                break;
            default:
                Lost(flown, outcome.Kind);
                break;
        }
    }

    private void Committed(PendingAppend flown)
    {
        _room.FaultPoints.Hit(AfterCommitBeforeRelease);
        _sequenceNr++;
        _room.Metrics.Appended(flown.Events.Count);
        _room.Observer.Committed(_id, _execution!, flown.Events, flown.Bytes);
        if (_sequenceNr == 1)
        {
            _room.Metrics.Started();
            _hold.Shard.Tell(new StartSettled(_id));
        }

        foreach (ref readonly var release in flown.All)
            release.Sender?.Tell(release.Answer!);
        foreach (ref readonly var release in flown.All)
            Release(release);
        foreach (var task in flown.Offered)
            _room.Offers.Offer(task);
        if (flown.Events[^1].IsTerminal)
            _room.Metrics.Ended(_execution!.State);
        Undefer();
        Flush();
        Rest();
    }

    private void Release(in PendingAppend.Release release)
    {
        if (release.Taken is { } key)
            _effects.Taken(key);
        else if (release.Effect is Effect.Call call)
            _effects.Run(CallOf(call.What), _hold.Epoch);
        else if (release.Effect is Effect.CancelCall cancel)
            _effects.Cancel(new TaskKey(_id, Segment, cancel.Scope, cancel.Visit, cancel.Attempt));
    }

    private TaskCall CallOf(OutstandingCall call) =>
        new(new TaskKey(_id, Segment, call.Scope, call.Visit, call.Attempt), call.Resource, call.Input.Utf8, Resent: false, call.Token);

    /// <summary>The start was not written: nobody ever hears of this execution.</summary>
    private void Refused(PendingAppend flown, ExecutionAnswer answer)
    {
        foreach (ref readonly var release in flown.All)
        {
            if (release.Answer is ExecutionAnswer.Started)
                release.Sender!.Tell(answer);
        }

        _ending = true;
        _hold.Shard.Tell(new StartSettled(_id));
        _hold.Shard.Tell(new Passivate(_id, WakeAt: null));
        HandBack();
    }

    /// <summary>Memory and journal may differ: callers are told to try again, and the execution is built anew.</summary>
    private void Lost(PendingAppend flown, AppendOutcomeKind kind)
    {
        _ending = true;
        if (kind == AppendOutcomeKind.Unknown)
            _room.Metrics.CommitUnknown();
        _room.Metrics.Rebuilt();
        LogLost(_room.Log, _id, kind);
        TellUnavailable(flown);
        TellUnavailable(_next);
        if (kind == AppendOutcomeKind.Fenced)
        {
            _room.Metrics.Fenced();
            _hold.Shard.Tell(Sharding.Fenced.Instance);
        }

        _hold.Shard.Tell(new StartSettled(_id));
        _hold.Shard.Tell(new Rebuild(_id));
        HandBack();
    }

    private static void TellUnavailable(PendingAppend append)
    {
        foreach (ref readonly var release in append.All)
            release.Sender?.Tell(new ExecutionAnswer.Unavailable("The outcome is not known; try again."));
    }

    /// <summary>The bytes that are about to be stored must fold to the live execution.</summary>
    private void Verify(ReadOnlyMemory<byte> bytes)
    {
        if (!_room.VerifyFolds)
            return;
        _verified = _room.Codec.Fold(_verified ?? Execution.Empty(_execution!.Definition), bytes);
        if (!_verified.Equals(_execution))
            throw new InvalidOperationException($"Execution {_id}: the fold of its journal differs from the live execution.");
    }

    private static (long First, long Last) HistoryRange(List<ExecutionEvent> events)
    {
        long first = 0;
        long last = 0;
        foreach (var e in events)
        {
            if (e.Id == 0)
                continue;
            if (first == 0)
                first = e.Id;
            last = e.Id;
        }

        return (first, last);
    }

    /// <summary>What the actor's ports call, on their own threads: each hands its answer to the mailbox.</summary>
    private sealed class Ports(ExecutionActor actor) : IAppendReply, ILoadReply, IDefinitionReply
    {
        private static readonly AppendAnswered Appended = new(new AppendOutcome(AppendOutcomeKind.Appended));

        public void Answered(AppendRequest request, in AppendOutcome outcome) =>
            actor.Self.Tell(outcome.Kind == AppendOutcomeKind.Appended ? Appended : new AppendAnswered(outcome));

        public void Loaded(ExecutionId id, LoadedExecution? execution) => actor.Self.Tell(new Loaded(execution));

        public void LoadFailed(ExecutionId id, Exception reason) => actor.Self.Tell(new LoadFailed(reason));

        public void Defined(StateMachineDefinition? definition, Exception? reason) => actor.Self.Tell(definition is null
            ? new LoadFailed(reason ?? new InvalidOperationException("The definition of an open execution is gone."))
            : new DefinitionFound(definition));
    }

    private sealed record AppendAnswered(AppendOutcome Outcome);
}
