using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Executions;

/// <content>What an execution does when nothing is to be done: a short wait is waited here, a long one in the store.</content>
public sealed partial class ExecutionActor
{
    /// <summary>
    /// How long an execution that waits for another's word stays in memory after its last events, in milliseconds: a worker that is at hand
    /// answers before, and the execution need not be read back for each of its words.
    /// </summary>
    public const long Lingering = 1_000;

    /// <summary>With more actors than so many in memory, nobody stays there for that.</summary>
    public const int MostLingering = 10_000;

    private long _lastEventsAt;

    /// <summary>Whether it has stayed for that: then its appends tell their wake time, since one of it that is late may follow the sleep of another.</summary>
    private bool _lingers;

    private void Rest()
    {
        if (_handedOff)
        {
            EndHandedOff();
            return;
        }

        if (_ending || _passivating || _flying is not null || _execution is not { IsRunnable: false } execution || _next.Events.Count > 0)
            return;
        SendLetters();
        if (!_sleepsSoon && AwakeUntil(execution) is { } until)
            _room.Timers.Set(_alarm ??= new MessageTimer(Self, GoOn.Instance), until);
        else if (!execution.IsCalling && !HasNotices && !HasMail)
            Passivate();
        else if (execution.WakeAt is { } later)
            _room.Timers.Set(_alarm ??= new MessageTimer(Self, GoOn.Instance), later);
    }

    /// <summary>Until when it stays in memory although it waits, or null.</summary>
    private long? AwakeUntil(Execution execution)
    {
        var now = _room.Now;
        var wakeAt = execution.WakeAt;
        if (wakeAt - now <= LongestAwakeWait)
            return wakeAt;
        var lingersUntil = _lastEventsAt + Lingering;
        if (now >= lingersUntil || !execution.IsAwaiting || System.Live > MostLingering)
            return null;
        _lingers = true;
        return lingersUntil;
    }

    private void Passivate()
    {
        var wakeAt = RequiredWakeAt;
        var snapshot = _eventsSinceSnapshot > EventsBetweenSnapshots && !_execution!.IsClosed;
        if (!snapshot && _wakeIsKnown && wakeAt == _storedWakeAt)
        {
            Sleep();
            return;
        }

        _passivating = true;
        _room.Journal.Append(new AppendRequest
        {
            Id = _id,
            ExpectedSequenceNr = _sequenceNr,
            Shard = _hold.Index,
            Epoch = _hold.Epoch,
            Change = new ExecutionChange(Status: null, StopDate: null, wakeAt, NameExpiresAt: null),
            Snapshot = snapshot ? new StoredSnapshot(_sequenceNr, SnapshotCodec.Encode(_execution!)) : null,
            Reply = _ports,
        });
        Stored(wakeAt);
        if (snapshot)
            _eventsSinceSnapshot = 0;
    }

    /// <summary>The sleep is stored. With mail in the box the execution stays awake; refused, it is built anew.</summary>
    private void Passivated(in AppendOutcome outcome)
    {
        _passivating = false;
        if (outcome.Kind != AppendOutcomeKind.Appended)
        {
            Lost(new PendingAppend(), outcome.Kind);
            return;
        }

        if (_next.Events.Count > 0 || HasMail || _execution!.IsRunnable || _handedOff)
        {
            Flush();
            Rest();
            return;
        }

        Sleep();
    }

    private void Sleep()
    {
        _ending = true;
        _room.Metrics.Passivated();
        _hold.Shard.Tell(new Passivate(_id, _execution!.WakeAt));
        HandBack();
    }
}
