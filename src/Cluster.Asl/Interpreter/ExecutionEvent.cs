using Cluster.Asl.Definitions;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// What happened in an execution: the closed family of events that are journaled. Those that AWS shows are history events and carry an
/// id; the others (<see cref="IsHistory"/> false) are bookkeeping. The shapes are a storage format: add, don't change.
/// </summary>
/// <remarks>
/// Deciders make events without id, and mostly without previous id and time; <see cref="ExecutionDecider"/> gives what is missing when it
/// accepts the event.
/// </remarks>
public abstract record ExecutionEvent
{
    private long _id;
    private long _previousId;
    private long _at;
    private Payload? _payload;

    /// <summary>The history id, dense from 1; 0 for bookkeeping and before the event is accepted.</summary>
    public long Id { get => _id; init => _id = value; }

    /// <summary>The history id of the causal parent inside the scope; 0 for none.</summary>
    public long PreviousId { get => _previousId; init => _previousId = value; }

    /// <summary>When it happened, in Unix milliseconds; never before its causal parent.</summary>
    public long At { get => _at; init => _at = value; }

    /// <summary>The scope it happened in; empty is the execution itself.</summary>
    public string Scope { get; init; } = "";

    /// <summary>Whether AWS shows it.</summary>
    public virtual bool IsHistory => true;

    /// <summary>Whether it ends the execution.</summary>
    public virtual bool IsTerminal => false;

    /// <summary>The payload that comes with it, or null.</summary>
    public Payload? Payload { get => _payload; init => _payload = value; }

    /// <summary>
    /// Gives a new event, which nobody else has seen, what its acceptance decides. In place: each event is accepted once, and there are two
    /// for every state.
    /// </summary>
    internal void Accepted(long id, long previousId, long at, Payload? payload)
    {
        _id = id;
        _previousId = previousId;
        _at = at;
        _payload = payload;
    }
}

/// <summary>The execution started. The payload is its input, as it was sent.</summary>
/// <param name="Start">What is pinned for the execution's life.</param>
public sealed record ExecutionStarted(ExecutionStart Start) : ExecutionEvent;

/// <summary>The execution ended well. The payload is its output.</summary>
public sealed record ExecutionSucceeded : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

/// <summary>The execution failed.</summary>
/// <param name="Error">The error name, or null.</param>
/// <param name="Cause">The cause, or null.</param>
public sealed record ExecutionFailed(string? Error, string? Cause) : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

/// <summary>The execution was stopped by a caller.</summary>
/// <param name="Error">The error name that the caller gave, or null.</param>
/// <param name="Cause">The cause that the caller gave, or null.</param>
public sealed record ExecutionAborted(string? Error, string? Cause) : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

/// <summary>The machine's TimeoutSeconds passed; the event carries the due time.</summary>
public sealed record ExecutionTimedOut : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}

/// <summary>A state was entered. The payload is its raw input.</summary>
/// <param name="Name">The state.</param>
/// <param name="Type">Its type, by which the history event is named.</param>
public sealed record StateEntered(string Name, StateType Type) : ExecutionEvent;

/// <summary>A state was left. The payload is its output.</summary>
/// <param name="Name">The state.</param>
/// <param name="Type">Its type, by which the history event is named.</param>
/// <param name="Next">The state that goes on, or null when the scope ends here.</param>
public sealed record StateExited(string Name, StateType Type, string? Next) : ExecutionEvent;

/// <summary>A state could not be carried on. Bookkeeping: what follows (a retry, a catch, the end) is an event of its own.</summary>
/// <param name="Error">The error name.</param>
/// <param name="Cause">The cause, or null; with <see cref="FailureKind.Evaluation"/> without its prefix.</param>
/// <param name="Kind">How the cause is shown.</param>
/// <param name="Branch">The branch or item whose failure it is, or null when it is the state's own.</param>
public sealed record StateFailed(string? Error, string? Cause, FailureKind Kind, int? Branch = null) : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsHistory => false;
}

/// <summary>A Wait state began to wait. Bookkeeping.</summary>
/// <param name="Until">When it ends, in Unix milliseconds.</param>
public sealed record WaitStarted(long Until) : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsHistory => false;
}

/// <summary>A retrier took a failure. Bookkeeping: the next attempt shows as a new TaskScheduled.</summary>
/// <param name="Retrier">The retrier, by document order.</param>
/// <param name="Due">When the next attempt is due, in Unix milliseconds.</param>
public sealed record RetryScheduled(int Retrier, long Due) : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsHistory => false;
}

/// <summary>A call was scheduled. The payload is its input (shown as input or parameters).</summary>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Kind">Which family of history events it has.</param>
/// <param name="TimeoutSeconds">The declared time for the attempt, or null.</param>
/// <param name="HeartbeatSeconds">The declared longest silence, or null.</param>
/// <param name="Token">The token of the attempt, or null where the answer of the call ends it.</param>
public sealed record TaskScheduled(string Resource, TaskKind Kind, long? TimeoutSeconds, long? HeartbeatSeconds, string? Token = null)
    : ExecutionEvent;

/// <summary>
/// The call was started: the event is durable before the call leaves. A crash may come between <see cref="TaskScheduled"/> and this. Of an
/// activity: a worker was given the task; the event is durable before the token is handed out.
/// </summary>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Kind">Which family of history events it has.</param>
/// <param name="WorkerName">How the worker calls itself, or null.</param>
public sealed record TaskStarted(string Resource, TaskKind Kind, string? WorkerName = null) : ExecutionEvent;

/// <summary>The call was answered, and whoever has the token ends the task. The payload is the answer.</summary>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Kind">Which family of history events it has.</param>
/// <param name="Child">The ARN of the execution that the call started, where it is a part of the task; null otherwise.</param>
public sealed record TaskSubmitted(string Resource, TaskKind Kind, string? Child = null) : ExecutionEvent;

/// <summary>
/// The task of this scope is given up while an execution runs that is a part of it, or is being started. Bookkeeping: that one is to be
/// stopped.
/// </summary>
public sealed record ChildGivenUp : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsHistory => false;
}

/// <summary>An execution that was a part of a given-up task has been stopped, has ended, or was never started. Bookkeeping.</summary>
/// <param name="Visit">The visit of the task's scope.</param>
/// <param name="Attempt">The attempt.</param>
public sealed record ChildStopped(long Visit, int Attempt) : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsHistory => false;
}

/// <summary>Whoever has the token is still at work: the silence is measured anew. Bookkeeping.</summary>
public sealed record TaskHeartbeat : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsHistory => false;
}

/// <summary>
/// Whoever has the token ended the task before the call that handed it out was answered. Bookkeeping: it takes effect after
/// <see cref="TaskSubmitted"/>.
/// </summary>
/// <param name="Word">What was said.</param>
public sealed record TaskWordKept(TaskWord Word) : ExecutionEvent
{
    /// <inheritdoc/>
    public override bool IsHistory => false;
}

/// <summary>The call succeeded. The payload is its result.</summary>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Kind">Which family of history events it has.</param>
public sealed record TaskSucceeded(string Resource, TaskKind Kind) : ExecutionEvent;

/// <summary>The call failed.</summary>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Kind">Which family of history events it has.</param>
/// <param name="Error">The error name, or null.</param>
/// <param name="Cause">The cause, or null.</param>
public sealed record TaskFailed(string Resource, TaskKind Kind, string? Error, string? Cause) : ExecutionEvent;

/// <summary>The call took longer, or was silent longer, than declared.</summary>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Kind">Which family of history events it has.</param>
/// <param name="Heartbeat">Whether it was the silence.</param>
public sealed record TaskTimedOut(string Resource, TaskKind Kind, bool Heartbeat) : ExecutionEvent;
