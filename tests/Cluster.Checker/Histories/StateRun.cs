namespace Cluster.Checker.Histories;

/// <summary>How far a state has come.</summary>
internal enum Stage
{
    /// <summary>Entered, and nothing else is known.</summary>
    Entered,

    /// <summary>Its call is out, or its branches run.</summary>
    Working,

    /// <summary>Its call or all its branches succeeded.</summary>
    Succeeded,

    /// <summary>Its call failed.</summary>
    Failed,

    /// <summary>A Parallel or Map has told that it failed.</summary>
    Told,
}

/// <summary>One visit of a state.</summary>
internal sealed class StateRun(StateOutline state, ScopeRun scope, HistoryLine entered)
{
    private readonly int[] _retries = new int[state.Retry.Count];
    private int _allRetries;
    private bool _lostCount;

    public StateOutline State { get; } = state;

    public ScopeRun Scope { get; } = scope;

    public HistoryLine Entered { get; } = entered;

    public Stage Stage { get; set; }

    /// <summary>How its call, or a branch, failed.</summary>
    public Mishap Mishap { get; set; } = Mishap.Unknown;

    /// <summary>The event that began the branches; 0 before.</summary>
    public long BranchesId { get; set; }

    /// <summary>The last marker; 0 before.</summary>
    public long MarkerId { get; set; }

    /// <summary>The branches or iterations that have started in this attempt.</summary>
    public List<ScopeRun> Branches { get; } = [];

    /// <summary>How many branches there are to be.</summary>
    public int Length { get; set; }

    /// <summary>Lanes that were never taken.</summary>
    public int FreshLanes { get; set; }

    /// <summary>Where iterations ended whose lane is free.</summary>
    public List<long> FreeLanes { get; } = [];

    /// <summary>The branch that failed, once something tells so.</summary>
    public ScopeRun? Culprit { get; set; }

    /// <summary>Whether its branches were cut short in this attempt.</summary>
    public bool IsCut { get; set; }

    /// <summary>Whether the state can have failed by now.</summary>
    public bool CanHaveFailed => State.Type is "Parallel" or "Map" ? Stage == Stage.Told : Stage != Stage.Working;

    /// <summary>The failure as it is seen from outside, when nothing in the state takes it.</summary>
    public Mishap Shown
    {
        get
        {
            var mishap = State.Type == "Fail" && State.HasFixedError ? Mishap.Of(State.Error) : Stage is Stage.Failed or Stage.Told ? Mishap : Mishap.Unknown;

            // Where something takes it, that may have failed in its turn.
            return mishap.TakenBy(State.Retry.Select(r => r.Errors)) == -1 && mishap.TakenBy(State.Catch.Select(c => c.Errors)) == -1 ? mishap : Mishap.Unknown;
        }
    }

    /// <summary>Counts a retry; gives what is wrong with it, or null.</summary>
    /// <param name="mishap">What is retried.</param>
    /// <param name="gap">How long after the failure, in milliseconds.</param>
    public string? Retry(Mishap mishap, long gap)
    {
        if (++_allRetries > State.Retry.Sum(retrier => retrier.MaxAttempts))
            return $"retry {_allRetries} of '{State.Name}' is more than its retriers allow";
        if (_lostCount || mishap.TakenBy(State.Retry.Select(r => r.Errors)) is not { } index)
        {
            _lostCount = true;
            return null;
        }

        if (index < 0)
            return $"'{State.Name}' is retried after {mishap.Error ?? "an error without name"}, which no retrier takes";
        var retrier = State.Retry[index];
        if (++_retries[index] > retrier.MaxAttempts)
            return $"retry {_retries[index]} of '{State.Name}' by retrier {index} is more than it allows";
        return gap < retrier.Shortest(_retries[index] - 1)
            ? $"'{State.Name}' is retried after {gap} ms, {retrier.Shortest(_retries[index] - 1)} ms must pass"
            : null;
    }
}

/// <summary>A run of a scope: the machine, a branch, an iteration.</summary>
internal sealed class ScopeRun(ScopeOutline outline, StateRun? parent, int index, long tail)
{
    public ScopeOutline Outline { get; } = outline;

    /// <summary>The state whose branch it is; null for the machine.</summary>
    public StateRun? Parent { get; } = parent;

    public int Index { get; } = index;

    /// <summary>The event to which the next one is chained.</summary>
    public long Tail { get; set; } = tail;

    /// <summary>The state it is in; null between two.</summary>
    public StateRun? Current { get; set; }

    /// <summary>The states that may be next, while it is between two.</summary>
    public IReadOnlyCollection<string> Next { get; set; } = [outline.StartAt];

    /// <summary>Whether its last state may have been the last.</summary>
    public bool MayHaveEnded { get; set; }

    /// <summary>Whether it has ended, or was cut short.</summary>
    public bool IsClosed { get; set; }

    /// <summary>What its last state put out.</summary>
    public string? Output { get; set; }

    /// <summary>This and all inside that is not closed.</summary>
    public IEnumerable<ScopeRun> Open()
    {
        if (IsClosed)
            yield break;
        yield return this;
        foreach (var inside in Current?.Branches.SelectMany(branch => branch.Open()) ?? [])
            yield return inside;
    }
}
