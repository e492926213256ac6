using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;

namespace Cluster.Node.Executions;

/// <content>What an execution does when nothing is to be done: a short wait is waited here, a long one in the store.</content>
public sealed partial class ExecutionActor
{
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
        if (!_sleepsSoon && execution.WakeAt is { } wakeAt && wakeAt - _room.Now <= LongestAwakeWait)
            _room.Timers.Set(_alarm ??= new MessageTimer(Self, GoOn.Instance), wakeAt);
        else if (!execution.IsCalling && !HasNotices && !HasMail)
            Passivate();
        else if (execution.WakeAt is { } later)
            _room.Timers.Set(_alarm ??= new MessageTimer(Self, GoOn.Instance), later);
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
