namespace Cluster.Checker.Histories;

/// <summary>Follows a history event by event; each finds its scope by the event that it is chained to.</summary>
internal sealed class HistoryJudge(ScopeOutline machine, IReadOnlyList<HistoryLine> history)
{
    private readonly ScopeRun _root = new(machine, parent: null, index: 0, tail: 0);
    private Cut? _cut;

    /// <summary>Takes the next event; gives what is wrong with it, or null.</summary>
    public string? Take(HistoryLine line)
    {
        if (_cut is { } cut)
        {
            if (cut.Takes(line))
                return null;
            var isFull = line.Type is "ExecutionFailed" && HistoryEnds.IsFull(line);
            if (!isFull && cut.Missing() is { } missing)
                return $"{missing} is missing before it";
            _cut = null;
        }

        return line.Type switch
        {
            "ExecutionStarted" => null,
            _ when line.IsTerminal => HistoryEnds.Judge(line, _root),
            "ParallelStateStarted" or "MapStateStarted" => BranchesStarted(line),
            "ParallelStateSucceeded" or "MapStateSucceeded" => BranchesSucceeded(line),
            "ParallelStateFailed" or "MapStateFailed" => BranchesFailed(line),
            "MapIterationStarted" => IterationStarted(line),
            "MapIterationSucceeded" => IterationSucceeded(line),
            _ when line.Type.EndsWith("StateEntered", StringComparison.Ordinal) => Entered(line),
            _ when line.Type.EndsWith("StateExited", StringComparison.Ordinal) => Exited(line),
            _ when line.Type.EndsWith("Aborted", StringComparison.Ordinal) || line.Type == "MapIterationFailed" => BeginCut(line),
            _ => TaskRules.Judge(line, Working("Task", line.PreviousId), history),
        };
    }

    private IEnumerable<StateRun> States(string type) =>
        _root.Open().Where(scope => scope.Current?.State.Type == type).Select(scope => scope.Current!);

    /// <summary>The state of a type whose scope an event continues.</summary>
    private StateRun? Working(string type, long previous) => States(type).FirstOrDefault(run => run.Scope.Tail == previous);

    /// <summary>The branch that ended with an event, and whose failure may have ended its state.</summary>
    private ScopeRun? Culprit(long previous, string? type = null) => _root.Open().FirstOrDefault(scope =>
        scope.Tail == previous && scope.Parent is { } parent && (type is null || parent.State.Type == type) && scope.Current is { CanHaveFailed: true });

    private string? Entered(HistoryLine line)
    {
        var scope = _root.Open().FirstOrDefault(scope =>
            scope.Current is null && scope.Tail == line.PreviousId && scope.Next.Contains(line.Name!, StringComparer.Ordinal));
        if (scope is null)
            return "no branch that stands there leads to this state";
        var state = scope.Outline.States[line.Name!];
        if (line.Type != state.Type + "StateEntered")
            return $"the state is a {state.Type}";
        scope.Current = new StateRun(state, scope, line);
        scope.Tail = line.Id;
        scope.MayHaveEnded = false;
        return null;
    }

    private string? Exited(HistoryLine line)
    {
        var run = _root.Open().Select(scope => scope.Current).FirstOrDefault(run => run?.Scope.Tail == line.PreviousId && run.State.Name == line.Name);
        if (run is null)
            return "no branch stands in this state there";
        if (line.Type != run.State.Type + "StateExited")
            return $"the state is a {run.State.Type}";
        return ExitRules.Judge(line, run);
    }

    private string? BranchesStarted(HistoryLine line)
    {
        var type = line.Type[..^"StateStarted".Length];
        var run = FailedByItself(type, line.PreviousId);
        if (run is not null)
        {
            // Of what went wrong no event tells.
            if (Missed(run) is { } missed)
                return missed;
            if (run.Stage != Stage.Entered && Retried(run, Mishap.Unknown, line) is { } wrong)
                return wrong;
        }
        else
        {
            run = FailedStates(type, line.PreviousId).FirstOrDefault();
            if (run is null)
                return "no state starts its branches there";
            if (Missed(run) is { } missed)
                return missed;
            if (Retried(run, run.Culprit!.Current!.Shown, line) is { } wrong)
                return wrong;
        }

        BranchRules.Start(run, line);
        return null;
    }

    private string? BranchesFailed(HistoryLine line)
    {
        var type = line.Type[..^"StateFailed".Length];
        var run = FailedStates(type, line.PreviousId).FirstOrDefault();
        if (run is null)
        {
            run = FailedByItself(type, line.PreviousId);
            if (run is null)
                return "no state has failed there";
            if (Missed(run) is { } missed)
                return missed;
            run.Mishap = Mishap.Unknown;
        }
        else
        {
            if (Missed(run) is { } missed)
                return missed;
            run.Mishap = run.Culprit!.Current!.Shown;
        }

        BranchRules.Close(run);
        run.Stage = Stage.Told;
        run.Scope.Tail = line.Id;
        return null;
    }

    /// <summary>The states of a type that a branch has failed whose last event this is; whether siblings were told of does not matter.</summary>
    private IEnumerable<StateRun> FailedStates(string type, long previous)
    {
        foreach (var run in States(type))
        {
            if (run.Culprit?.Tail == previous)
                yield return run;
        }

        if (Culprit(previous, type) is { } culprit)
        {
            culprit.Parent!.Culprit = culprit;
            yield return culprit.Parent;
        }
    }

    /// <summary>
    /// The Parallel or Map that may have failed by itself: in its fields, in the input of an iteration, in what it does with its result.
    /// </summary>
    private StateRun? FailedByItself(string type, long previous) => States(type).FirstOrDefault(run => run.Stage switch
    {
        Stage.Entered or Stage.Succeeded => run.Scope.Tail == previous,
        Stage.Working => BranchRules.End(run) == previous && (BranchRules.CanStart(run) || BranchRules.Unended(run) is null),
        _ => false,
    });

    /// <summary>What should have told of the branches that were cut short, and did not.</summary>
    private static string? Missed(StateRun run) =>
        run.Branches.Any(branch => !branch.IsClosed) && new Cut(run, run.Culprit).Missing() is { } missing ? $"{missing} is missing before it" : null;

    private string? Retried(StateRun run, Mishap mishap, HistoryLine line) => run.Retry(mishap, line.At - history[(int)line.PreviousId - 1].At);

    private string? BranchesSucceeded(HistoryLine line)
    {
        var run = States(line.Type[..^"StateSucceeded".Length]).FirstOrDefault(
            run => run is { Stage: Stage.Working, IsCut: false } && BranchRules.End(run) == line.PreviousId);
        if (run is null)
            return "no state's branches have ended there";
        if (BranchRules.Unended(run) is { } unended)
            return unended;
        run.Stage = Stage.Succeeded;
        run.MarkerId = line.Id;
        run.Scope.Tail = line.PreviousId;
        return null;
    }

    private string? IterationStarted(HistoryLine line)
    {
        var run = States("Map").FirstOrDefault(run => run.State.Name == line.Name && BranchRules.HasLane(run, line.PreviousId));
        return run is null ? "no Map has a free lane there" : BranchRules.StartIteration(run, line);
    }

    private string? IterationSucceeded(HistoryLine line)
    {
        var scope = _root.Open().FirstOrDefault(scope => scope.Tail == line.PreviousId && scope.Parent?.State.Type == "Map" && scope.MayHaveEnded);
        return scope is null || scope.Current is not null ? "no iteration has ended there" : BranchRules.EndIteration(scope, line);
    }

    /// <summary>The first word of branches that are cut short: all others follow at once.</summary>
    private string? BeginCut(HistoryLine line)
    {
        var culprit = Culprit(line.PreviousId);
        var run = culprit?.Parent ?? States("Map").FirstOrDefault(run => run.Scope.Tail == line.PreviousId && run.Stage == Stage.Working && BranchRules.CanStart(run));
        if (run is null)
            return "no branch has failed there";
        run.Culprit = culprit;
        run.IsCut = true;
        _cut = new Cut(run, culprit);
        BranchRules.Close(run);
        return _cut.Takes(line) ? null : "no branch was in such a state";
    }
}
