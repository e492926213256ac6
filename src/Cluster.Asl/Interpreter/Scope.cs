using System.Collections.Immutable;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Asl.Interpreter;

/// <summary>Where a scope stands between two events. The numbers are a storage format.</summary>
public enum ScopePhase : byte
{
    /// <summary>About to enter <see cref="Scope.Next"/>.</summary>
    Moving = 0,

    /// <summary>A state was entered; its work is not begun.</summary>
    Entered = 1,

    /// <summary>A Wait state waits until <see cref="Scope.Due"/>.</summary>
    Waiting = 2,

    /// <summary>A call was scheduled and is about to start.</summary>
    Scheduled = 3,

    /// <summary>A call is out; its answer is outstanding.</summary>
    Calling = 4,

    /// <summary>A call was answered with <see cref="Scope.Result"/>.</summary>
    Answered = 5,

    /// <summary>The state failed with <see cref="Scope.Failure"/>; retry, catch or end are not decided.</summary>
    Failed = 6,

    /// <summary>A retrier waits until <see cref="Scope.Due"/>.</summary>
    BackingOff = 7,

    /// <summary>The scope ended well; its output is <see cref="Scope.Data"/>.</summary>
    Succeeded = 8,

    /// <summary>The branches or iterations of the state run; they are in <see cref="Scope.Branches"/>.</summary>
    Branching = 9,

    /// <summary>All branches or iterations have ended well; their outputs are the state's result.</summary>
    Joined = 10,

    /// <summary>The task of an activity waits for a worker.</summary>
    Pending = 11,

    /// <summary>Whoever has <see cref="Scope.Token"/> is at work; its word is waited for.</summary>
    Delegated = 12,
}

/// <summary>
/// A line of states that are run one after the other: the execution itself, each branch, each iteration. Immutable, folded from events,
/// and shared by reference.
/// </summary>
public sealed record Scope
{
    /// <summary>The name, by <see cref="ScopePath"/>; empty is the execution itself.</summary>
    public string Path { get; init; } = "";

    /// <summary>The states that it runs. Attached, not folded: it follows from the name.</summary>
    public required ScopeDefinition Definition { get; init; }

    /// <summary>The item of the innermost iteration that it is in, or null outside of any.</summary>
    public MapItem? Item { get; init; }

    /// <summary>Where it stands.</summary>
    public ScopePhase Phase { get; init; }

    /// <summary>The state it is in, or null before the first.</summary>
    public string? State { get; init; }

    /// <summary>The state that goes on, while it moves.</summary>
    public string? Next { get; init; }

    /// <summary>Which visit of a state this is, from 1.</summary>
    public long Visit { get; init; }

    /// <summary>The raw input of the state; while it moves, what the last state put out.</summary>
    public required Payload Data { get; init; }

    /// <summary>The history id of the state's entered event, which causes name; 0 while nobody has told it.</summary>
    public long EnteredId { get; init; }

    /// <summary>When the state was entered, in Unix milliseconds.</summary>
    public long EnteredAt { get; init; }

    /// <summary>The history id to which the next event of this scope is chained; 0 before the first.</summary>
    public long LastId { get; init; }

    /// <summary>The history id of the last marker, to which only an end of the execution is chained; 0 before the first.</summary>
    public long MarkerId { get; init; }

    /// <summary>The time of the last event, in Unix milliseconds.</summary>
    public long LastAt { get; init; }

    /// <summary>Which attempt of the visit is out or was last, from 0.</summary>
    public int Attempt { get; init; }

    /// <summary>All retries of this visit.</summary>
    public int RetryCount { get; init; }

    /// <summary>How often each retrier of the state has retried in this visit; empty means never.</summary>
    public ImmutableArray<int> RetryCounters { get; init; } = [];

    /// <summary>The input of the call, while one is out.</summary>
    public Payload? TaskInput { get; init; }

    /// <summary>The Resource of the call, while one is out.</summary>
    public string? Resource { get; init; }

    /// <summary>What belongs to the token of the attempt, until the task has ended; null where it has none.</summary>
    public TokenTask? TokenTask { get; init; }

    /// <summary>The token of the attempt, or null.</summary>
    public string? Token => TokenTask?.Token;

    /// <summary>What was said with the token while the call was not answered yet, or null.</summary>
    public TaskWord? Word => TokenTask?.Word;

    /// <summary>Whether an execution runs, or is being started, that is a part of the task.</summary>
    public bool HasChild => Phase is ScopePhase.Calling or ScopePhase.Delegated && Resource is { } resource
        && TaskPatterns.Of(resource).HasChild();

    /// <summary>The answer of the call, until the state is left.</summary>
    public Payload? Result { get; init; }

    /// <summary>The failure that is not settled yet.</summary>
    public Failure? Failure { get; init; }

    /// <summary>When a wait or a back-off ends, in Unix milliseconds.</summary>
    public long? Due { get; init; }

    /// <summary>When the call is too late, in Unix milliseconds.</summary>
    public long? TimeoutAt { get; init; }

    /// <summary>When the call has been silent too long, in Unix milliseconds.</summary>
    public long? HeartbeatAt { get; init; }

    /// <summary>The branches or iterations of the state, while they run and until their outputs are taken.</summary>
    public FanOut? Branches { get; init; }

    /// <summary>Whether the scope can go on by itself, without anything from outside or from its branches.</summary>
    public bool IsRunnable => Phase is ScopePhase.Moving or ScopePhase.Entered or ScopePhase.Scheduled or ScopePhase.Answered
        or ScopePhase.Failed or ScopePhase.Joined || (Phase == ScopePhase.Delegated && Word is not null);

    /// <summary>Whether a branch is to be started or taken in, or all have ended: what the execution itself does, apart from any branch.</summary>
    public bool HasBranchWork
    {
        get
        {
            if (Phase != ScopePhase.Branching)
                return false;
            if (Branches!.IsComplete || Branches.CanStart)
                return true;
            foreach (var lane in Branches.Lanes)
            {
                if (lane.Scope is { Phase: ScopePhase.Succeeded })
                    return true;
            }

            return false;
        }
    }

    /// <summary>The scope's own earliest deadline, or null.</summary>
    public long? Deadline => Phase switch
    {
        ScopePhase.Waiting or ScopePhase.BackingOff => Due,
        ScopePhase.Calling or ScopePhase.Pending or ScopePhase.Delegated => Earliest(TimeoutAt, HeartbeatAt),
        _ => null,
    };

    /// <summary>The payload of this scope that a history event holds, or null.</summary>
    internal Payload? Held(long historyId)
    {
        if (Data.Origin == historyId)
            return Data;
        if (Result?.Origin == historyId)
            return Result;
        if (TaskInput?.Origin == historyId)
            return TaskInput;
        return Branches?.Items?.Origin == historyId ? Branches.Items : null;
    }

    /// <inheritdoc/>
    public bool Equals(Scope? other) =>
        other is not null
        && string.Equals(Path, other.Path, StringComparison.Ordinal) && Phase == other.Phase
        && string.Equals(State, other.State, StringComparison.Ordinal) && string.Equals(Next, other.Next, StringComparison.Ordinal)
        && Visit == other.Visit && Data.Equals(other.Data)
        && EnteredId == other.EnteredId && EnteredAt == other.EnteredAt && LastId == other.LastId && LastAt == other.LastAt
        && MarkerId == other.MarkerId && Equals(Item, other.Item) && Equals(Branches, other.Branches)
        && Attempt == other.Attempt && RetryCount == other.RetryCount && RetryCounters.AsSpan().SequenceEqual(other.RetryCounters.AsSpan())
        && Equals(TaskInput, other.TaskInput) && string.Equals(Resource, other.Resource, StringComparison.Ordinal)
        && Equals(TokenTask, other.TokenTask)
        && Equals(Result, other.Result) && Equals(Failure, other.Failure)
        && Due == other.Due && TimeoutAt == other.TimeoutAt && HeartbeatAt == other.HeartbeatAt;

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((int)((Visit * 31) + LastId));

    private static long? Earliest(long? a, long? b) => a is null ? b : b is null ? a : Math.Min(a.Value, b.Value);
}
