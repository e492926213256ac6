using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Asl.Interpreter;

/// <summary>Folds a state's events into its scope.</summary>
/// <remarks>Each fold copies the scope once: a scope has twenty fields and is copied at every event.</remarks>
internal static class ScopeEvolution
{
    public static Scope Evolve(Scope scope, ExecutionEvent @event) => @event switch
    {
        StateEntered entered => Entered(scope, entered),
        StateExited exited => Exited(scope, exited),
        StateFailed failed => Failed(scope, failed),
        WaitStarted wait => scope with
        {
            LastAt = wait.At,
            LastId = LastId(scope, wait),
            Phase = ScopePhase.Waiting,
            Due = wait.Until,
        },
        RetryScheduled retry => BackingOff(scope, retry),
        TaskScheduled scheduled => Scheduled(scope, scheduled),
        TaskStarted { Kind: TaskKind.Activity } given => Delegated(scope, given),
        TaskStarted started => scope with { LastAt = started.At, LastId = LastId(scope, started), Phase = ScopePhase.Calling },
        TaskSubmitted submitted => Delegated(scope, submitted) with { TokenTask = scope.TokenTask! with { Child = submitted.Child } },
        TaskHeartbeat beat => scope with { LastAt = beat.At, HeartbeatAt = After(beat.At, scope.TokenTask?.HeartbeatSeconds) },
        TaskWordKept kept => scope with { LastAt = kept.At, TokenTask = scope.TokenTask! with { Word = kept.Word } },
        TaskSucceeded succeeded => Called(scope, succeeded, ScopePhase.Answered, failure: null),
        TaskFailed failed => Called(
            scope, failed, ScopePhase.Failed, new Failure(failed.Error, failed.Cause, FailureKind.Given)),
        TaskTimedOut timedOut => Called(
            scope,
            timedOut,
            ScopePhase.Failed,
            new Failure(Failures.ErrorNames.Timeout, Cause: null, timedOut.Heartbeat ? FailureKind.Heartbeat : FailureKind.Timeout)),
        ParallelStateStarted started => BranchEvolution.Started(scope, started),
        MapStateStarted started => BranchEvolution.Started(scope, started),
        MapIterationStarted started => BranchEvolution.Started(scope, started),
        BranchesSucceeded succeeded => scope with { LastAt = succeeded.At, MarkerId = succeeded.Id, Phase = ScopePhase.Joined },
        BranchesFailed failed => scope with
        {
            LastAt = failed.At,
            LastId = LastId(scope, failed),
            Failure = scope.Failure! with { IsTold = true },
        },

        // They tell that a branch is cut short; the failure of its parent is what ends it.
        MapIterationFailed or MapIterationAborted or StateAborted => scope,
        _ => throw new InvalidOperationException($"No fold for {@event.GetType().Name}."),
    };

    /// <summary>The history id of the event, or of the last one before it that had one.</summary>
    private static long LastId(Scope scope, ExecutionEvent @event) => @event.Id == 0 ? scope.LastId : @event.Id;

    /// <summary>The state has failed. A branch's failure ends all branches, and what follows is chained to the last event of that branch.</summary>
    private static Scope Failed(Scope scope, StateFailed failed) => scope with
    {
        LastAt = failed.At,
        LastId = failed.Branch is { } branch ? scope.Branches!.Find(branch)!.LastId : LastId(scope, failed),
        Phase = ScopePhase.Failed,
        Branches = null,
        Failure = new Failure(failed.Error, failed.Cause, failed.Kind),
    };

    private static Scope Entered(Scope scope, StateEntered entered) => scope with
    {
        LastAt = entered.At,
        LastId = LastId(scope, entered),
        Phase = ScopePhase.Entered,
        State = entered.Name,
        Next = null,
        Visit = scope.Visit + 1,
        Data = entered.Payload!,
        EnteredId = entered.Id,
        EnteredAt = entered.At,
        Attempt = 0,
        RetryCount = 0,
        RetryCounters = [],
    };

    private static Scope Exited(Scope scope, StateExited exited) => scope with
    {
        LastAt = exited.At,
        LastId = LastId(scope, exited),
        Phase = exited.Next is null ? ScopePhase.Succeeded : ScopePhase.Moving,
        Next = exited.Next,
        Data = exited.Payload!,
        Result = null,
        TaskInput = null,
        Failure = null,
        Due = null,
        Branches = null,
    };

    private static Scope BackingOff(Scope scope, RetryScheduled retry)
    {
        var counters = scope.RetryCounters;
        while (counters.Length <= retry.Retrier)
            counters = counters.Add(0);
        return scope with
        {
            LastAt = retry.At,
            LastId = LastId(scope, retry),
            Phase = ScopePhase.BackingOff,
            Due = retry.Due,
            Attempt = scope.Attempt + 1,
            RetryCount = scope.RetryCount + 1,
            RetryCounters = counters.SetItem(retry.Retrier, counters[retry.Retrier] + 1),
            Failure = null,
            Result = null,
        };
    }

    private static Scope Scheduled(Scope scope, TaskScheduled scheduled) => scope with
    {
        LastAt = scheduled.At,
        LastId = LastId(scope, scheduled),
        Phase = scheduled.Kind == TaskKind.Activity ? ScopePhase.Pending : ScopePhase.Scheduled,
        Resource = scheduled.Resource,
        TaskInput = scheduled.Payload,
        Due = null,
        // Undeclared, the time for an attempt is longer than an execution may live (A11): no deadline.
        TimeoutAt = After(scheduled.At, scheduled.TimeoutSeconds),

        // With a token, silence is measured from when somebody has it (A11).
        HeartbeatAt = scheduled.Token is null ? After(scheduled.At, scheduled.HeartbeatSeconds) : null,
        TokenTask = scheduled.Token is { } token ? new TokenTask(token, scheduled.HeartbeatSeconds) : null,
    };

    /// <summary>Somebody has the token, and is waited for.</summary>
    private static Scope Delegated(Scope scope, ExecutionEvent since) => scope with
    {
        LastAt = since.At,
        LastId = LastId(scope, since),
        Phase = ScopePhase.Delegated,
        HeartbeatAt = After(since.At, scope.TokenTask?.HeartbeatSeconds),
    };

    private static long? After(long at, long? seconds) => at + (seconds * 1000);

    /// <summary>The call is over. Its input is kept for the payload that follows it: an answer often repeats it.</summary>
    private static Scope Called(Scope scope, ExecutionEvent answer, ScopePhase phase, Failure? failure) => scope with
    {
        LastAt = answer.At,
        LastId = LastId(scope, answer),
        Phase = phase,
        Resource = null,
        TimeoutAt = null,
        HeartbeatAt = null,
        TokenTask = null,
        Result = failure is null ? answer.Payload : scope.Result,
        Failure = failure ?? scope.Failure,
    };
}
