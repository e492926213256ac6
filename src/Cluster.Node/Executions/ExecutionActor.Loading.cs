using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Errors;

namespace Cluster.Node.Executions;

/// <content>Reading itself back: definition, snapshot, then the rows after it.</content>
public sealed partial class ExecutionActor
{
    /// <summary>The pause before a failed read is tried again, in milliseconds.</summary>
    private const long LoadRetryMilliseconds = 500;

    private const string CannotBeRead = "What is stored of the execution cannot be read. An operator must look after it.";

    private bool _mailSinceLoad;
    private bool _restoring;
    private LoadedExecution? _loaded;
    private bool _fromSnapshot = true;

    /// <summary>What everybody is told instead of being served, or null.</summary>
    private ExecutionAnswer.Parked? _parked;

    private void Load()
    {
        _mailSinceLoad = false;
        _room.Journal.Load(_id, _fromSnapshot, _ports);
    }

    private void Loading(object message)
    {
        if (_ending)
            return;
        switch (message)
        {
            case Loaded { What: null } when _mailSinceLoad:
                // Its start may have committed after it was looked for: a caller who saw it is answered by a look of later date.
                Load();
                break;
            case Loaded { What: null }:
                RefuseDeferred(new ExecutionAnswer.Unknown());
                End();
                break;
            case Loaded { What: { Crashes: >= ISuspectStore.Crashes } loaded }:
                Park(ParkReason.Quarantined, "The execution is quarantined: the server ended several times while it worked for it. An operator must release it.", failure: null, loaded.Crashes);
                break;
            case Loaded { What: { } loaded }:
                _loaded = loaded;
                _room.Definitions.Request(loaded.Row.DefinitionHash, _ports);
                break;
            case DefinitionFound found:
                _restoring = true;
                Restored(_loaded!, found.Definition);
                _restoring = false;
                _loaded = null;
                break;
            case LoadFailed { Reason: DamagedException damage }:
                Park(ParkReason.Damaged, CannotBeRead, damage);
                break;
            case LoadFailed failed:
                LogLoadFailed(_room.Log, _id, failed.Reason);
                _room.Timers.Set(new MessageTimer(Self, LoadAgain.Instance), _room.Now + LoadRetryMilliseconds);
                break;
            case LoadAgain:
                Load();
                break;
        }
    }

    private void Restored(LoadedExecution loaded, StateMachineDefinition definition)
    {
        _room.Metrics.Restored();
        if (!TryFold(loaded, definition))
            return;
        _storedWakeAt = loaded.Row.WakeAt;
        LettersRestored(loaded.Row.WakeAt);

        // The actor before this one may have failed with a passivation under way, which may commit until this one's first append.
        _wakeIsKnown = false;
        if (_room.VerifyFolds)
            _verified = _execution;
        _pending.Restored(_execution!);

        // Of an orphan that is told to be stopped nothing is asked again: long after its end its name may start another.
        var calls = _execution!.Outstanding.Select(CallOf).Where(call => _stopped?.Contains(call.Key) is not true).ToList();
        _effects.Keep(_id, calls.Select(call => call.Key).ToHashSet(), _hold.Epoch);
        foreach (var call in calls)
            _effects.Recover(call, _hold.Epoch, _wasHere, isGiven: _hold.Drain.IsOn);
        Decide(new ExecutionCommand.Recover(_hold.HeldAt));
        Undefer();
        Flush();
        Rest();
    }

    /// <summary>Folds what was loaded; false when the execution is parked, or is being loaded once more.</summary>
    private bool TryFold(LoadedExecution loaded, StateMachineDefinition definition)
    {
        try
        {
            var snapshot = loaded.Snapshot is { } stored ? SnapshotCodec.TryDecode(stored.Bytes, definition) : null;
            if (loaded.Snapshot is not null && snapshot is null)
            {
                // A snapshot is a cache: without it there is the journal.
                LogSnapshotDropped(_room.Log, _id);
                _fromSnapshot = false;
                Load();
                return false;
            }

            var execution = snapshot ?? Execution.Empty(definition);
            _sequenceNr = loaded.Snapshot?.SequenceNr ?? 0;
            foreach (var row in loaded.Rows)
            {
                execution = _room.Codec.Fold(execution, row.Events);
                _sequenceNr = row.SequenceNr;
            }

            _execution = execution;
            _room.Parked.Remove(_id);
            return true;
        }
        catch (NewerFormatException e)
        {
            Park(ParkReason.NeedsNewerNode, "The execution needs a newer server.", e);
            return false;
        }
        catch (Exception e)
        {
            // It would fail so each time. Others must not hear of it each second; whoever mends it has it looked at anew.
            Park(ParkReason.Damaged, CannotBeRead, e);
            return false;
        }
    }

    /// <summary>It stays where it is stored, and is not run: whoever asks is told so.</summary>
    private void Park(ParkReason reason, string words, Exception? failure, int crashes = 0)
    {
        if (_room.Parked.Add(new ParkedExecution(_id, reason, words, _room.Now)))
        {
            if (reason == ParkReason.Quarantined)
                LogQuarantined(_room.Log, _id, crashes);
            else
                LogParked(_room.Log, _id, reason, failure);
        }

        _parked = new ExecutionAnswer.Parked(words);
        RefuseDeferred(_parked);
        End();
    }

    private void RefuseDeferred(ExecutionAnswer answer)
    {
        while (_deferred.TryDequeue(out var letter))
            letter.Sender?.Tell(answer);
    }

    private void End()
    {
        if (_ending)
            return;
        _ending = true;
        _hold.Shard.Tell(new Passivate(_id, WakeAt: null));
    }

    private sealed record Loaded(LoadedExecution? What);

    private sealed record LoadFailed(Exception Reason);

    private sealed record DefinitionFound(StateMachineDefinition Definition);

    private sealed record LoadAgain
    {
        public static readonly LoadAgain Instance = new();
    }
}
