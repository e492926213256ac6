namespace Cluster.Checker.Histories;

/// <summary>How states are left, and where to.</summary>
internal static class ExitRules
{
    public static string? Judge(HistoryLine line, StateRun run)
    {
        var (state, scope) = (run.State, run.Scope);
        if (state.Type == "Fail")
            return "a Fail is never left";
        if (state.Type is "Parallel" or "Map" && run.Stage is Stage.Entered or Stage.Working)
            return "its branches have not ended";
        if (run.Stage == Stage.Working)
            return "its call is not answered";
        if (state.Seconds is { } seconds && line.At - run.Entered.At < seconds * 1000)
            return $"it waited {line.At - run.Entered.At} ms of {seconds} s";
        if (Misplaced(line, run) is { } misplaced)
            return misplaced;
        var next = new HashSet<string>(StringComparer.Ordinal);
        scope.MayHaveEnded = false;
        if (state.Type == "Choice")
            next.UnionWith(state.Choices);
        else if (state.Type is "Pass" or "Wait" or "Succeed" || run.Stage == Stage.Succeeded)
            Succeeded(state, scope, next);
        if (state.Type is "Task" or "Parallel" or "Map" && !(run.Stage == Stage.Succeeded && state.Type is not "Task"))
            Caught(run, next);
        if (next.Count == 0 && !scope.MayHaveEnded)
            return "nothing takes its failure";
        scope.Next = next;
        scope.Current = null;
        scope.Tail = line.Id;
        scope.Output = line.Payload;
        return null;
    }

    private static void Succeeded(StateOutline state, ScopeRun scope, HashSet<string> next)
    {
        if (state.Next is { } name)
            next.Add(name);
        else
            scope.MayHaveEnded = true;
    }

    /// <summary>Where the catcher leads that takes the failure; all of them where it is not known which.</summary>
    private static void Caught(StateRun run, HashSet<string> next)
    {
        var mishap = run.Stage is Stage.Failed or Stage.Told ? run.Mishap : Mishap.Unknown;

        // After a retry that failed without a word the error is another.
        if (run.State.Retry.Count > 0)
            mishap = Mishap.Unknown;
        var taken = mishap.TakenBy(run.State.Catch.Select(catcher => catcher.Errors));
        if (taken is { } index)
        {
            if (index >= 0)
                next.Add(run.State.Catch[index].Next);
            return;
        }

        next.UnionWith(run.State.Catch.Select(catcher => catcher.Next));
    }

    /// <summary>The outputs of branches stand in the order of branches or items.</summary>
    private static string? Misplaced(HistoryLine line, StateRun run)
    {
        if (run.Stage != Stage.Succeeded || run.State.Type is not ("Parallel" or "Map") || !run.State.HasPlainResult || line.Payload is null)
            return null;
        var outputs = run.Branches.OrderBy(branch => branch.Index).Select(branch => branch.Output).ToList();
        if (outputs.Contains(null))
            return null;
        var expected = $"[{string.Join(',', outputs)}]";
        return line.Payload == expected ? null : $"its branches put out {expected}";
    }
}
