using Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Checker.Rules;

/// <summary>Where a scope stands.</summary>
internal sealed class Position
{
    /// <summary>The kind of a call that is an activity's.</summary>
    public const uint Activity = 2;

    /// <summary>The state that it is in; null between two.</summary>
    public string? Current { get; set; }

    /// <summary>The state that comes next by the last exit; null before the first state and after the last.</summary>
    public string? Next { get; set; }

    /// <summary>Whether a state was entered.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Whether nothing of it goes on: its last state was left, or it was cut short.</summary>
    public bool IsOver { get; set; }

    /// <summary>Whether what it put out was taken in by the Map that it is an iteration of.</summary>
    public bool IsTakenIn { get; set; }

    /// <summary>Which visit of a state it is, from 1.</summary>
    public long Visit { get; set; }

    /// <summary>The event by which the state was entered.</summary>
    public Event? Entered { get; set; }

    /// <summary>The event whose payload the next state, or the first one, is given; null where that is not known.</summary>
    public Event? DataOf { get; set; }

    /// <summary>Retries of the state that it is in; also which attempt it is, from 0.</summary>
    public int Attempt { get; set; }

    /// <summary>How often its call, or its branches, were begun.</summary>
    public int Begun { get; set; }

    /// <summary>Retries of each retrier of the state that it is in.</summary>
    public Dictionary<int, int> Retries { get; } = [];

    /// <summary>The last failure, while nothing has followed from it.</summary>
    public Event? Failure { get; set; }

    /// <summary>The retry that is waited for.</summary>
    public Event? Retry { get; set; }

    /// <summary>When what failed before the retry did.</summary>
    public long FailedAt { get; set; }

    /// <summary>The wait that goes on.</summary>
    public Event? Wait { get; set; }

    /// <summary>The call that was scheduled and is not answered.</summary>
    public Event? Scheduled { get; set; }

    /// <summary>The same, once it was started.</summary>
    public Event? Started { get; set; }

    /// <summary>When whoever has the token of its call got it or was last heard of; null where nobody has it.</summary>
    public Event? Heard { get; set; }

    /// <summary>Whether its call waits for somebody else's word, and nobody calls anything: a worker's, or that of who has the token.</summary>
    public bool Awaits => Scheduled is { TaskScheduled.HasToken: true } call && (call.TaskScheduled.Kind == Activity || Heard is not null);

    /// <summary>The last thing that happened in it.</summary>
    public Event? Last { get; set; }

    /// <summary>Whether its branches run.</summary>
    public bool HasBranches { get; set; }

    /// <summary>The event that began them.</summary>
    public Event? Branches { get; set; }

    /// <summary>Indexes of iterations that have started in this attempt.</summary>
    public HashSet<uint> Iterations { get; } = [];

    /// <summary>The iteration that took a lane last.</summary>
    public Dictionary<uint, uint> Lanes { get; } = [];

    /// <summary>Whether a Parallel or Map has told that it failed.</summary>
    public bool HasTold { get; set; }
}
