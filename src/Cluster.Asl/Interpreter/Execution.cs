using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;

namespace Cluster.Asl.Interpreter;

/// <summary>How an execution stands. The numbers are a storage format.</summary>
public enum ExecutionState : byte
{
    /// <summary>No event yet.</summary>
    NotStarted = 0,

    /// <summary>Open.</summary>
    Running = 1,

    /// <summary>Ended well.</summary>
    Succeeded = 2,

    /// <summary>Ended with an error.</summary>
    Failed = 3,

    /// <summary>Ended by the machine's TimeoutSeconds.</summary>
    TimedOut = 4,

    /// <summary>Ended by a caller.</summary>
    Aborted = 5,
}

/// <summary>
/// An execution, folded from its events. Immutable. The definition is attached, not folded: it is found by the hash of the start.
/// </summary>
public sealed record Execution
{
    private ExecutionContextFacts? _context;

    private Execution(StateMachineDefinition definition) => Definition = definition;

    /// <summary>The machine as it was when the execution started.</summary>
    public StateMachineDefinition Definition { get; init; }

    /// <summary>How it stands.</summary>
    public ExecutionState State { get; init; }

    /// <summary>What is pinned; null before the start.</summary>
    public ExecutionStart? Start { get; init; }

    /// <summary>The input as it was sent; null before the start.</summary>
    public Payload? Input { get; init; }

    /// <summary>When it started, in Unix milliseconds.</summary>
    public long StartedAt { get; init; }

    /// <summary>When it ended, in Unix milliseconds; null while it is open.</summary>
    public long? StoppedAt { get; init; }

    /// <summary>The last history id; 0 before the start.</summary>
    public long LastHistoryId { get; init; }

    /// <summary>The execution's own scope; null before the start.</summary>
    public Scope? Root { get; init; }

    /// <summary>When the machine's TimeoutSeconds is over, in Unix milliseconds, or null.</summary>
    public long? Deadline => Definition.TimeoutSeconds is { } seconds && Start is not null ? StartedAt + (seconds * 1000) : null;

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed => State > ExecutionState.Running;

    /// <summary>Whether it can go on without anything from outside: a decision ended at its limit.</summary>
    public bool IsRunnable => State == ExecutionState.Running && (Root!.IsRunnable || Root.Phase == ScopePhase.Succeeded);

    /// <summary>
    /// The call that is out without answer, or null: what its shard must do or is doing. Everything else that it waits for is a time.
    /// </summary>
    public OutstandingCall? Outstanding =>
        IsCalling
            ? new OutstandingCall(Root!.Path, Root.Visit, Root.Attempt, Root.Resource!, Root.TaskInput!)
            : null;

    /// <summary>Whether a call is out without answer; cheaper than <see cref="Outstanding"/>.</summary>
    public bool IsCalling => State == ExecutionState.Running && Root!.Phase == ScopePhase.Calling;

    /// <summary>When it must be woken, in Unix milliseconds: the earliest deadline; null when it has none or has ended.</summary>
    public long? WakeAt
    {
        get
        {
            if (State != ExecutionState.Running)
                return null;
            var scope = Root!.Deadline;
            var own = Deadline;
            return scope is null ? own : own is null ? scope : Math.Min(scope.Value, own.Value);
        }
    }

    /// <summary>The execution's part of the context object.</summary>
    internal ExecutionContextFacts Context => _context ??= Start!.Context(Input!, StartedAt);

    /// <summary>The execution before its first event.</summary>
    public static Execution Empty(StateMachineDefinition definition) => new(definition);

    /// <summary>The payload that a history event of this execution holds, if it is still in use; null otherwise.</summary>
    public Payload? FindPayload(long historyId)
    {
        if (Input?.Origin == historyId)
            return Input;
        if (Root is not { } scope)
            return null;
        if (scope.Data.Origin == historyId)
            return scope.Data;
        if (scope.Result?.Origin == historyId)
            return scope.Result;
        return scope.TaskInput?.Origin == historyId ? scope.TaskInput : null;
    }

    /// <inheritdoc/>
    public bool Equals(Execution? other) =>
        other is not null && State == other.State && Equals(Start, other.Start) && Equals(Input, other.Input)
        && StartedAt == other.StartedAt && StoppedAt == other.StoppedAt && LastHistoryId == other.LastHistoryId
        && Equals(Root, other.Root);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)LastHistoryId);
}

/// <summary>A call that is out without answer.</summary>
/// <param name="Scope">The scope that called.</param>
/// <param name="Visit">The visit that called.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Input">The effective input.</param>
public sealed record OutstandingCall(string Scope, long Visit, int Attempt, string Resource, Payload Input);
