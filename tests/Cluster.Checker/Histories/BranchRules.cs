namespace Cluster.Checker.Histories;

/// <summary>How branches and iterations start and end.</summary>
internal static class BranchRules
{
    public static void Start(StateRun run, HistoryLine line)
    {
        Close(run);
        run.Branches.Clear();
        run.FreeLanes.Clear();
        run.Culprit = null;
        run.IsCut = false;
        run.Stage = Stage.Working;
        run.BranchesId = line.Id;
        run.Scope.Tail = line.Id;
        if (run.State.Type == "Parallel")
        {
            run.Length = run.State.Branches.Count;
            for (var i = 0; i < run.Length; i++)
                run.Branches.Add(new ScopeRun(run.State.Branches[i], run, i, line.Id));
        }
        else
        {
            run.Length = line.Length ?? 0;
            run.FreshLanes = Math.Min(run.Length, run.State.Lanes);
        }
    }

    /// <summary>Nothing in the branches goes on.</summary>
    public static void Close(StateRun run)
    {
        foreach (var branch in run.Branches)
            branch.IsClosed = true;
    }

    /// <summary>The event to which the end of all branches is chained.</summary>
    public static long End(StateRun run) =>
        run.State.Type == "Map" ? run.Scope.Tail : run.Branches.Count == 0 ? run.BranchesId : run.Branches.Max(branch => branch.Tail);

    /// <summary>What has not ended yet, or null.</summary>
    public static string? Unended(StateRun run)
    {
        if (run.Branches.Count < run.Length)
            return $"{run.Length - run.Branches.Count} iterations have not started";
        var isMap = run.State.Type == "Map";
        return run.Branches.Any(branch => isMap ? !branch.IsClosed : !branch.MayHaveEnded) ? "a branch has not ended" : null;
    }

    /// <summary>Whether a Map may be about to start an iteration, and can fail in doing so.</summary>
    public static bool CanStart(StateRun run) =>
        run.State.Type == "Map" && run.Branches.Count < run.Length && (run.FreshLanes > 0 || run.FreeLanes.Count > 0);

    public static bool HasLane(StateRun run, long previous) =>
        run is { Stage: Stage.Working, IsCut: false } && ((run.FreshLanes > 0 && run.BranchesId == previous) || run.FreeLanes.Contains(previous));

    public static string? StartIteration(StateRun run, HistoryLine line)
    {
        if (line.Index != run.Branches.Count)
            return $"iteration {run.Branches.Count} is the next";
        if (run.Branches.Count == run.Length)
            return $"it has only {run.Length} items";
        if (line.PreviousId == run.BranchesId)
            run.FreshLanes--;
        else
            run.FreeLanes.Remove(line.PreviousId);
        run.Branches.Add(new ScopeRun(run.State.Branches[0], run, line.Index.Value, line.Id));
        var open = run.Branches.Count(branch => !branch.IsClosed);
        return open > run.State.Lanes ? $"{open} iterations run where {run.State.Lanes} may" : null;
    }

    public static string? EndIteration(ScopeRun scope, HistoryLine line)
    {
        var run = scope.Parent!;
        if (line.Name != run.State.Name || line.Index != scope.Index)
            return $"it is iteration {scope.Index} of '{run.State.Name}' that ends there";
        scope.IsClosed = true;
        run.FreeLanes.Add(scope.Tail);
        run.Scope.Tail = line.Id;
        return null;
    }
}
