namespace Cluster.Checker.Histories;

/// <summary>What is told when the failure of one branch cuts the others short: all at once, all chained to the end of the one that failed.</summary>
internal sealed class Cut
{
    private readonly long _previous;
    private readonly Dictionary<string, int> _due = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _allowed = new(StringComparer.Ordinal);

    /// <param name="run">The state whose branches are cut short.</param>
    /// <param name="culprit">The branch that failed; null where the state failed by itself.</param>
    public Cut(StateRun run, ScopeRun? culprit)
    {
        _previous = (culprit ?? run.Scope).Tail;
        foreach (var branch in run.Branches)
            Expect(branch, culprit);
    }

    /// <summary>Whether the event is one of them.</summary>
    public bool Takes(HistoryLine line)
    {
        var key = Key(line.Type, line.Name, line.Index);
        if (line.PreviousId != _previous)
            return false;
        return Take(_due, key) || Take(_allowed, key);
    }

    /// <summary>One that did not come, or null.</summary>
    public string? Missing() => _due.FirstOrDefault(due => due.Value > 0).Key;

    /// <summary>What is told of a branch and of all inside it. One that has ended may be told of until its end is taken in.</summary>
    private void Expect(ScopeRun branch, ScopeRun? culprit)
    {
        if (branch.IsClosed)
            return;
        var isCulprit = ReferenceEquals(branch, culprit);
        if (branch.Parent!.State.Type == "Map")
            Add(branch.MayHaveEnded ? _allowed : _due, Key(isCulprit ? "MapIterationFailed" : "MapIterationAborted", branch.Parent.State.Name, branch.Index));
        if (branch.Current is not { } run)
            return;
        var type = run.State.Type;
        if (type is "Task" or "Wait")
            Add(_due, type + "StateAborted");
        else if (type is "Parallel" or "Map" && !isCulprit)
            Add(run.Stage == Stage.Told ? _allowed : _due, type + "StateAborted");
        foreach (var inside in run.Branches)
            Expect(inside, culprit);
    }

    private static string Key(string type, string? name, int? index) => index is null ? type : $"{type} {name} {index}";

    private static void Add(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    private static bool Take(Dictionary<string, int> counts, string key)
    {
        if (counts.GetValueOrDefault(key) == 0)
            return false;
        counts[key]--;
        return true;
    }
}
