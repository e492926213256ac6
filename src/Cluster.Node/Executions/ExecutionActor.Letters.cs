using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Letters;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;

namespace Cluster.Node.Executions;

/// <content>
/// What an execution tells its parent and its children: durable as a consequence of its events, and sent again until it is heard. Until then
/// the execution stays awake, and its row wakes it after a restart, also when it has ended.
/// </content>
public sealed partial class ExecutionActor
{
    /// <summary>The pause before a letter that was not delivered is sent again, in milliseconds.</summary>
    private const long LetterRetryMilliseconds = 500;

    /// <summary>Made when they are needed: few executions have parents or children.</summary>
    private HashSet<TaskKey>? _stopped;
    private Dictionary<TaskKey, string>? _children;
    private HashSet<Letter>? _sent;
    private bool _parentKnows;
    private MessageTimer? _retry;

    /// <summary>Whether somebody must still be told something.</summary>
    private bool HasNotices => TellsParent || (!_execution!.Orphans.IsEmpty && _execution.Orphans.Any(IsOpen));

    private bool TellsParent => _execution!.IsClosed && !_parentKnows && _execution.Start!.ParentToken is not null;

    /// <summary>An execution that had ended, and whose row asks for no wake, has told everybody.</summary>
    private void LettersRestored(long? storedWakeAt)
    {
        if (!_execution!.IsClosed || storedWakeAt is not null)
            return;
        _parentKnows = true;
        foreach (var orphan in _execution.Orphans)
            (_stopped ??= []).Add(KeyOf(orphan.Call));
    }

    /// <summary>Sends what is not on its way. Called when nothing that was decided waits for its commit.</summary>
    private void SendLetters()
    {
        if (TellsParent)
            Send(new Letter.EndTask(_execution!.Start!.ParentToken!, ChildReport.Of(_execution)));
        foreach (var orphan in _execution!.Orphans)
        {
            if (IsOpen(orphan) && ChildOf(orphan) is { } child)
                Send(new Letter.Stop(child, orphan.Call));
        }
    }

    private void Send(Letter letter)
    {
        if ((_sent ??= []).Add(letter))
            _room.Letters.Send(letter, Self);
    }

    private void Heard(LetterAnswered answered)
    {
        if (!answered.Delivered)
        {
            _room.Timers.Set(_retry ??= new MessageTimer(Self, RetryLetters.Instance), _room.Now + LetterRetryMilliseconds);
            return;
        }

        _sent?.Remove(answered.What);
        if (answered.What is Letter.Stop stop)
            EndOrphan(stop.Of);
        else
            _parentKnows = true;
        Flush();
        Rest();
    }

    private void Retry()
    {
        _sent?.Clear();
        Rest();
    }

    /// <summary>The answer of a call whose task was given up meanwhile tells which execution is to be stopped; false when it is of none.</summary>
    private bool TakeOrphans(TaskAnswered answered)
    {
        var key = answered.Key;
        if (_execution!.FindOrphan(key.Scope, key.Visit, key.Attempt) is not { Child: null } orphan)
            return false;
        if (answered.Outcome is TaskOutcome.Succeeded succeeded && Payload.TryRead(succeeded.Output, out var payload, out _)
            && Orphan.ChildOf(payload.Value) is { } child)
        {
            // The answer stays with the effect runner until the child is stopped: a rebuilt actor gets it again. Of a shard that goes to another
            // node no actor will send the letter here: who has it next asks again.
            if (_handedOff)
                _effects.Taken(key);
            else
                (_children ??= [])[key] = child;
        }
        else
        {
            EndOrphan(orphan.Call);
        }

        return true;
    }

    /// <summary>The execution of a given-up task is over: while this one runs, that is an event; afterwards its row tells it.</summary>
    private void EndOrphan(OutstandingCall call)
    {
        var key = KeyOf(call);
        if (_execution!.IsClosed)
        {
            (_stopped ??= []).Add(key);
            _effects.Taken(key);
            return;
        }

        Decide(new ExecutionCommand.EndOrphan(call.Scope, call.Visit, call.Attempt));
        _next.Take(key);
    }

    private bool IsOpen(Orphan orphan) => _stopped?.Contains(KeyOf(orphan.Call)) is not true;

    private string? ChildOf(Orphan orphan) => orphan.Child ?? _children?.GetValueOrDefault(KeyOf(orphan.Call));

    private TaskKey KeyOf(OutstandingCall call) => new(_id, Segment, call.Scope, call.Visit, call.Attempt);

    /// <summary>To itself: letters that were not delivered are sent again.</summary>
    private sealed record RetryLetters
    {
        public static readonly RetryLetters Instance = new();
    }
}
