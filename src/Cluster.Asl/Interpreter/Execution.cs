using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Expressions;
using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Json;

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

    /// <summary>Error and cause with which it failed or was stopped; null otherwise, also of one whose time was over, as Describe tells it.</summary>
    public Failure? EndedWith { get; init; }

    /// <summary>The last history id; 0 before the start.</summary>
    public long LastHistoryId { get; init; }

    /// <summary>The execution's own scope; null before the start.</summary>
    public Scope? Root { get; init; }

    /// <summary>
    /// Executions that were parts of tasks which were given up, and are not known to be stopped; an execution that has ended may still have some.
    /// </summary>
    public ImmutableArray<Orphan> Orphans { get; init; } = [];

    /// <summary>When the machine's TimeoutSeconds is over, in Unix milliseconds, or null.</summary>
    public long? Deadline => Definition.TimeoutSeconds is { } seconds && Start is not null ? StartedAt + (seconds * 1000) : null;

    /// <summary>Whether it has ended.</summary>
    public bool IsClosed => State > ExecutionState.Running;

    /// <summary>Whether it can go on without anything from outside: a decision ended at its limit, or branches are to be run.</summary>
    public bool IsRunnable => State == ExecutionState.Running && (Root!.Phase == ScopePhase.Succeeded || ScopeWalk.CanGoOn(Root));

    /// <summary>Whether its own next decision can go on without anything from outside or from branches that are run apart.</summary>
    public bool HasWork =>
        State == ExecutionState.Running && (Root!.IsRunnable || Root.Phase == ScopePhase.Succeeded || ScopeWalk.HasWork(Root));

    /// <summary>The branches that can go on by themselves, in order.</summary>
    public IEnumerable<Scope> Ready =>
        State == ExecutionState.Running
            ? ScopeTree.All(Root!).Where(scope => scope.IsRunnable && scope.Phase != ScopePhase.Failed && scope.Path.Length > 0)
            : [];

    /// <summary>
    /// The calls that are out without answer: what its shard must do or is doing. Everything else that it waits for is a time.
    /// </summary>
    public IReadOnlyList<OutstandingCall> Outstanding =>
    [
        .. IsCalling ? ScopeTree.All(Root!).Where(scope => scope.Phase == ScopePhase.Calling).Select(OutstandingCall.Of) : [],
        .. Orphans.Where(orphan => orphan.Child is null).Select(orphan => orphan.Call),
    ];

    /// <summary>The given-up task of that attempt whose execution is not known to be stopped, or null.</summary>
    public Orphan? FindOrphan(string scope, long visit, int attempt)
    {
        foreach (var orphan in Orphans)
        {
            if (orphan.Call.Visit == visit && orphan.Call.Attempt == attempt && string.Equals(orphan.Call.Scope, scope, StringComparison.Ordinal))
                return orphan;
        }

        return null;
    }

    /// <summary>Whether a call is out without answer; cheaper than <see cref="Outstanding"/>.</summary>
    public bool IsCalling => State == ExecutionState.Running && ScopeWalk.IsCalling(Root!);

    /// <summary>Whether it waits for another's word: a worker's, that of whoever has a token, a child's.</summary>
    public bool IsAwaiting => State == ExecutionState.Running && ScopeWalk.IsAwaiting(Root!);

    /// <summary>When it must be woken, in Unix milliseconds: the earliest deadline; null when it has none or has ended.</summary>
    public long? WakeAt
    {
        get
        {
            if (State != ExecutionState.Running)
                return null;
            var scope = ScopeWalk.Deadline(Root!);
            var own = Deadline;
            return scope is null ? own : own is null ? scope : Math.Min(scope.Value, own.Value);
        }
    }

    /// <summary>The execution's part of the context object.</summary>
    internal ExecutionContextFacts Context => _context ??= Start!.Context(Input!, StartedAt);

    /// <summary>The execution before its first event.</summary>
    public static Execution Empty(StateMachineDefinition definition) => new(definition);

    /// <summary>The scope of that name, or null when it does not run.</summary>
    public Scope? Find(string path) =>
        Root is not { } root ? null : path.Length == 0 ? root : ScopeTree.Find(root, path);

    /// <summary>The scope of an attempt, when it stands there; null otherwise.</summary>
    public Scope? Task(string path, long visit, int attempt, ScopePhase phase) =>
        Find(path) is { } scope && scope.Phase == phase && scope.Visit == visit && scope.Attempt == attempt ? scope : null;

    /// <summary>The tasks of activities that wait for a worker.</summary>
    public IEnumerable<Scope> Pending =>
        State == ExecutionState.Running ? ScopeTree.All(Root!).Where(scope => scope.Phase == ScopePhase.Pending) : [];

    /// <summary>
    /// The payload that a history event holds, if a scope, one that it is a branch of, or the execution still has it; null otherwise.
    /// </summary>
    public Payload? FindPayload(string path, long historyId)
    {
        if (Input?.Origin == historyId)
            return Input;
        var scope = Root;
        for (var at = 0; scope is not null;)
        {
            if (scope.Held(historyId) is { } held)
                return held;
            if (at >= path.Length || ScopePath.Next(path, ref at) is not (>= 0 and var index))
                return null;
            scope = scope.Branches?.Find(index);
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(Execution? other) =>
        other is not null && State == other.State && Equals(Start, other.Start) && Equals(Input, other.Input)
        && StartedAt == other.StartedAt && StoppedAt == other.StoppedAt && LastHistoryId == other.LastHistoryId
        && Equals(Root, other.Root) && Orphans.SequenceEqual(other.Orphans)
        && Equals(EndedWith, other.EndedWith);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)LastHistoryId);
}

/// <summary>A call that is out without answer.</summary>
/// <param name="Scope">The scope that called.</param>
/// <param name="Visit">The visit that called.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="Resource">The Resource of the definition.</param>
/// <param name="Input">The effective input.</param>
/// <param name="Token">The token of the attempt, or null where it has none.</param>
public sealed record OutstandingCall(string Scope, long Visit, int Attempt, string Resource, Payload Input, string? Token = null)
{
    /// <summary>The call of a scope that is <see cref="ScopePhase.Calling"/>.</summary>
    internal static OutstandingCall Of(Scope scope) => new(scope.Path, scope.Visit, scope.Attempt, scope.Resource!, scope.TaskInput!, scope.Token);
}

/// <summary>An execution that was a part of a task which was given up.</summary>
/// <param name="Call">The call that started it, or may have.</param>
/// <param name="Child">Its ARN; null while the call is not answered: then only the answer tells whether there is one.</param>
public sealed record Orphan(OutstandingCall Call, string? Child)
{
    /// <summary>The execution that an answer of StartExecution names, or null.</summary>
    public static string? ChildOf(JsonValue answer) => (answer as JsonObject)?["ExecutionArn"] is JsonString arn ? arn.Value : null;
}
