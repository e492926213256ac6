using Cluster.Asl.Interpreter.Failures;
using Cluster.Node.Sharding;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>
/// Carries out the calls of a shard's executions, after their events have committed. It belongs to the shard, not to an execution's actor,
/// and outlives the shard's actor, too: whoever is built anew finds here what is still running and what was answered.
/// </summary>
/// <remarks>
/// <para>Always: a call that runs in this process is neither made again nor called unknown; an answer is kept until the append that took it
/// has committed. Safe from any thread.</para>
/// <para>A call leaves only while this process holds the shard at the epoch at which it was scheduled, and only while the node's lease is
/// held; until it is held again the call waits. Both are asked once more just before it leaves.</para>
/// </remarks>
public sealed class EffectRunner(ITaskRunner runner, ExecutionMetrics metrics, Lease lease) : ITaskReply
{
    /// <summary>How the cause of a call begins whose outcome a crash has hidden.</summary>
    public const string OutcomeUnknown = "Outcome unknown:";

    private readonly Lock _lock = new();
    private readonly OpenCalls _calls = new();
    private readonly Queue<TaskCall> _parked = new();
    private ShardHold? _hold;
    private long _term;

    /// <summary>Calls in flight and answers that are not taken yet.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _calls.Count;
        }
    }

    /// <summary>
    /// Whether what this process remembers of the shard's executions must still be so; otherwise another may hold the shard, and know better.
    /// </summary>
    public bool IsCurrent
    {
        get
        {
            lock (_lock)
                return _hold is not null && MayEffectsLeave;
        }
    }

    /// <summary>
    /// This process holds the shard from now on. It may not have been told yet that it had lost it meanwhile: then it has now.
    /// </summary>
    public void Held(ShardHold hold)
    {
        IReadOnlyList<OpenCalls.Call> removed;
        lock (_lock)
        {
            removed = _hold is null ? [] : Drop();
            _hold = hold;
            _term = lease.Term;
        }

        Cancel(removed);
    }

    /// <summary>
    /// This process does not hold the shard any more. What runs goes on, for it cannot be called back, and is known if the shard comes back
    /// before it is answered; what has not left does not leave any more.
    /// </summary>
    public void Lost(ShardHold hold)
    {
        IReadOnlyList<OpenCalls.Call> removed;
        lock (_lock)
        {
            if (!ReferenceEquals(_hold, hold))
                return;
            _hold = null;
            removed = Drop();
        }

        Cancel(removed);
    }

    /// <summary>Makes a call whose Scheduled and Started events have just committed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="epoch">The epoch at which they committed.</param>
    public void Run(TaskCall call, long epoch)
    {
        lock (_lock)
        {
            if (_hold?.Epoch != epoch || _calls.Find(call.Key) is not null)
                return;
            _calls.Add(call, answer: null);
        }

        metrics.TaskStarted();
        runner.Start(call, this);
    }

    /// <summary>
    /// Takes up a call that an execution read back as outstanding. One that this process does not know was an earlier owner's: its outcome
    /// is unknown, so it is sent again with the same key where that is safe, and fails otherwise.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="epoch">The epoch at which the execution was read back.</param>
    /// <param name="wasHere">Whether that is so for the second time in this hold: then a call that is not known here has never left.</param>
    /// <param name="isGiven">Whether the shard is being given away: then an earlier owner's call is left to the next one.</param>
    public void Recover(TaskCall call, long epoch, bool wasHere = false, bool isGiven = false)
    {
        TaskOutcome? answer;
        var again = wasHere ? call : call with { Resent = true };
        lock (_lock)
        {
            if (_hold?.Epoch != epoch)
                return;
            if (_calls.Find(call.Key) is { } known)
            {
                answer = known.Answer;
                if (answer is null)
                    return;
            }
            else if (isGiven && !wasHere)
            {
                return;
            }
            else
            {
                answer = wasHere || runner.MayResend(call) ? null : Unknown(call);
                _calls.Add(again, answer);
            }
        }

        if (answer is not null)
        {
            Tell(call.Key, answer);
            return;
        }

        metrics.TaskStarted();
        runner.Start(again, this);
    }

    /// <inheritdoc/>
    public bool MayLeave(TaskCall call)
    {
        lock (_lock)
        {
            // One of an earlier hold is not in the books any more, although the same call may be, made anew.
            if (_calls.Find(call.Key) is not { Answer: null } open || !ReferenceEquals(open.What, call))
                return false;

            // Who regains the lease looks at what is parked afterwards, and waits for this lock: none is overlooked.
            if (MayEffectsLeave)
            {
                open.HasLeft = true;
                return true;
            }

            _parked.Enqueue(call);
        }

        metrics.CallHeld();
        return false;
    }

    /// <summary>Lets calls go on that waited for the lease. Whoever tells this has seen that the shard was not lost meanwhile.</summary>
    public void LeaseRegained()
    {
        lock (_lock)
            _term = lease.Term;
        while (true)
        {
            TaskCall? call;
            lock (_lock)
            {
                if (!MayEffectsLeave || !_parked.TryDequeue(out call))
                    return;
                if (_calls.Find(call.Key) is not { Answer: null } open || !ReferenceEquals(open.What, call))
                    continue;
            }

            runner.Start(call, this);
        }
    }

    /// <summary>The lease alone is not enough once it had lapsed: the shard may have been lost before it was regained.</summary>
    private bool MayEffectsLeave => lease.IsHeld && lease.Term == _term;

    /// <summary>
    /// An execution was read back and waits for some calls or for none. Every other one that is kept for it here is dropped: the actor that
    /// was to give it up, or to say that its answer is taken, ended before it could.
    /// </summary>
    /// <param name="execution">The execution.</param>
    /// <param name="outstanding">The calls that it waits for.</param>
    /// <param name="epoch">The epoch at which it was read back; what an earlier hold's actor still reads says nothing any more.</param>
    public void Keep(ExecutionId execution, IReadOnlySet<TaskKey> outstanding, long epoch)
    {
        IReadOnlyList<OpenCalls.Call> dropped;
        lock (_lock)
            dropped = _hold?.Epoch == epoch ? _calls.RemoveOthers(execution, outstanding) : [];
        Cancel(dropped);
    }

    /// <summary>Gives a call up: its execution does not wait for it any more.</summary>
    public void Cancel(in TaskKey key)
    {
        lock (_lock)
        {
            if (_calls.Remove(key) is not { Answer: null })
                return;
        }

        runner.Cancel(key);
    }

    /// <summary>The append that took the answer has committed, or nobody waits for it.</summary>
    public void Taken(in TaskKey key)
    {
        lock (_lock)
            _calls.Remove(key);
    }

    /// <inheritdoc/>
    public void Answered(TaskCall call, TaskOutcome outcome)
    {
        lock (_lock)
        {
            // A call that was given up has no entry; its answer is nobody's. A second answer changes nothing.
            if (_calls.Find(call.Key) is not { Answer: null } open)
                return;
            if (_hold is null)
            {
                // Nobody here can make it durable: whoever holds the shard judges the call without it.
                _calls.Remove(call.Key);
                return;
            }

            open.Answer = outcome;
        }

        Tell(call.Key, outcome);
    }

    /// <summary>Takes out what another owner of the shard must judge. Called under the lock.</summary>
    private IReadOnlyList<OpenCalls.Call> Drop()
    {
        _parked.Clear();
        return _calls.RemoveWhatIsHere();
    }

    private void Cancel(IReadOnlyList<OpenCalls.Call> dropped)
    {
        foreach (var call in dropped)
        {
            if (call.Answer is null)
                runner.Cancel(call.Key);
        }
    }

    private TaskOutcome.Failed Unknown(TaskCall call)
    {
        metrics.OutcomeUnknown();
        return new TaskOutcome.Failed(
            ErrorNames.TaskFailed, $"{OutcomeUnknown} the call of {call.Resource} may have been made, but its caller was lost before the answer was recorded.");
    }

    private void Tell(in TaskKey key, TaskOutcome outcome) =>
        Volatile.Read(ref _hold)?.Shard.Tell(new ToEntity(key.Execution, new TaskAnswered(key, outcome)));
}
