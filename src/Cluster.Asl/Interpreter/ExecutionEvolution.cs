namespace Cluster.Asl.Interpreter;

/// <summary>
/// Folds events into an execution. It only folds: nothing is evaluated, refused or sent here, so that a replay by later code gives the
/// same execution.
/// </summary>
public static class ExecutionEvolution
{
    /// <summary>The execution after the event.</summary>
    /// <exception cref="InvalidOperationException">The event does not belong to this execution: its journal is damaged.</exception>
    public static Execution Evolve(Execution execution, ExecutionEvent @event)
    {
        var lastId = @event.Id == 0 ? execution.LastHistoryId : @event.Id;
        return @event switch
        {
            ExecutionStarted started => Started(execution, started),
            ExecutionSucceeded => Closed(execution, @event, ExecutionState.Succeeded),
            ExecutionFailed => Closed(execution, @event, ExecutionState.Failed),
            ExecutionTimedOut => Closed(execution, @event, ExecutionState.TimedOut),
            ExecutionAborted => Closed(execution, @event, ExecutionState.Aborted),
            _ => execution with { LastHistoryId = lastId, Root = ScopeEvolution.Evolve(Running(execution), @event) },
        };
    }

    private static Scope Running(Execution execution) =>
        execution is { State: ExecutionState.Running, Root: { } scope }
            ? scope
            : throw new InvalidOperationException($"A state's event in an execution that is {execution.State}.");

    private static Execution Started(Execution execution, ExecutionStarted started)
    {
        var input = started.Payload ?? throw new InvalidOperationException("An execution started without input.");
        return execution with
        {
            State = ExecutionState.Running,
            Start = started.Start,
            Input = input,
            StartedAt = started.At,
            LastHistoryId = started.Id,
            Root = new Scope { Data = input, Next = execution.Definition.Root.StartAt.Name, LastAt = started.At },
        };
    }

    private static Execution Closed(Execution execution, ExecutionEvent @event, ExecutionState state) =>
        execution with { State = state, LastHistoryId = @event.Id, StoppedAt = @event.At };
}

/// <summary>Folds a state's events into its scope.</summary>
/// <remarks>Each fold copies the scope once: a scope has twenty fields and is copied at every event.</remarks>
internal static class ScopeEvolution
{
    public static Scope Evolve(Scope scope, ExecutionEvent @event) => @event switch
    {
        StateEntered entered => Entered(scope, entered),
        StateExited exited => Exited(scope, exited),
        StateFailed failed => scope with
        {
            LastAt = failed.At,
            LastId = LastId(scope, failed),
            Phase = ScopePhase.Failed,
            Failure = new Failure(failed.Error, failed.Cause, failed.Kind),
        },
        WaitStarted wait => scope with
        {
            LastAt = wait.At,
            LastId = LastId(scope, wait),
            Phase = ScopePhase.Waiting,
            Due = wait.Until,
        },
        RetryScheduled retry => BackingOff(scope, retry),
        TaskScheduled scheduled => Scheduled(scope, scheduled),
        TaskStarted started => scope with { LastAt = started.At, LastId = LastId(scope, started), Phase = ScopePhase.Calling },
        TaskSucceeded succeeded => Called(scope, succeeded, ScopePhase.Answered, failure: null),
        TaskFailed failed => Called(
            scope, failed, ScopePhase.Failed, new Failure(failed.Error, failed.Cause, FailureKind.Given)),
        TaskTimedOut timedOut => Called(
            scope,
            timedOut,
            ScopePhase.Failed,
            new Failure(Failures.ErrorNames.Timeout, Cause: null, timedOut.Heartbeat ? FailureKind.Heartbeat : FailureKind.Timeout)),
        _ => throw new InvalidOperationException($"No fold for {@event.GetType().Name}."),
    };

    /// <summary>The history id of the event, or of the last one before it that had one.</summary>
    private static long LastId(Scope scope, ExecutionEvent @event) => @event.Id == 0 ? scope.LastId : @event.Id;

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
        Phase = ScopePhase.Scheduled,
        Resource = scheduled.Resource,
        TaskInput = scheduled.Payload,
        Due = null,
        // Undeclared, the time for an attempt is longer than an execution may live (A11): no deadline.
        TimeoutAt = scheduled.TimeoutSeconds is { } limit ? scheduled.At + (limit * 1000) : null,
        HeartbeatAt = scheduled.HeartbeatSeconds is { } seconds ? scheduled.At + (seconds * 1000) : null,
    };

    /// <summary>The call is over. Its input is kept for the payload that follows it: an answer often repeats it.</summary>
    private static Scope Called(Scope scope, ExecutionEvent answer, ScopePhase phase, Failure? failure) => scope with
    {
        LastAt = answer.At,
        LastId = LastId(scope, answer),
        Phase = phase,
        Resource = null,
        TimeoutAt = null,
        HeartbeatAt = null,
        Result = failure is null ? answer.Payload : scope.Result,
        Failure = failure ?? scope.Failure,
    };
}
