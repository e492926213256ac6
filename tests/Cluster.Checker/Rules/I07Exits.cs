using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// A state is left once, by the name that it was entered by; a call is answered once; what happens in a branch happens while that attempt of
/// its Parallel or Map runs, and before the branch has ended.
/// </summary>
internal sealed class I07Exits() : Rule("I7", "entries, exits and events of branches")
{
    public override void Take(History history, Event e, Positions at)
    {
        var position = at.Of(e.Scope);
        if (e.WhatCase == What.StateEntered)
        {
            Judged();
            if (position.Current is not null)
                Broken(history.Id, $"{e.Name()} '{e.StateEntered.Name}' before '{position.Current}' was left");
        }
        else if (e.WhatCase == What.StateExited)
        {
            Judged();
            if (position.Current != e.StateExited.Name)
                Broken(history.Id, $"{e.Name()} '{e.StateExited.Name}' while it is in '{position.Current}'");
        }

        if (e.WhatCase is What.TaskStarted && position is not { Scheduled: not null, Started: null })
            Broken(history.Id, $"{e.Name()}: no call was scheduled, or it was started already");
        else if (e.WhatCase is What.TaskSucceeded or What.TaskFailed or What.TaskTimedOut && position is not { Scheduled: not null, Started: not null } && !IsTiredOfWaiting(e, position))
            Broken(history.Id, $"{e.Name()}: no call is out");
        if (e.WhatCase == What.StateFailed && position.Failure is { } failure && !Failures.IsOfCatcher(e))
            Broken(history.Id, $"{e.Name()} after {failure.Name()}");
        else if (e.WhatCase == What.StateFailed && position.Scheduled is not null)
            Broken(history.Id, $"{e.Name()} while its call is out");
        if (e.WhatCase == What.BranchesFailed && (position.Failure is null || position.HasTold))
            Broken(history.Id, $"{e.Name()}: it has not failed, or has told so");
        else if (e.WhatCase == What.BranchesSucceeded && !position.HasBranches)
            Broken(history.Id, $"{e.Name()}: no branches run");
        else if (e.WhatCase is What.StateAborted or What.MapIterationSucceeded or What.MapIterationFailed or What.MapIterationAborted)
            Told(history, e, at, position);

        // A branch that is gone may still have a child that is to be stopped.
        if (e.Scope.Length > 0 && e.WhatCase != What.ChildStopped)
            Inside(history, e, at, position);
    }

    /// <summary>No worker has come in time for the task of an activity.</summary>
    private static bool IsTiredOfWaiting(Event e, Position position) =>
        e is { WhatCase: What.TaskTimedOut, TaskTimedOut.Heartbeat: false } && position.Scheduled?.TaskScheduled.Kind == Position.Activity;

    /// <summary>What is told of the end of a branch is told of that branch.</summary>
    private void Told(History history, Event e, Positions at, Position position)
    {
        if (e.WhatCase == What.StateAborted)
        {
            if (position.Current is null || (at.StateOf(e.Scope) is { } state && state.Type != History.StateType(e.StateAborted.Type)))
                Broken(history.Id, $"{e.Name()}: it is in '{position.Current}'");
            return;
        }

        var (name, index) = e.WhatCase switch
        {
            What.MapIterationSucceeded => (e.MapIterationSucceeded.Name, e.MapIterationSucceeded.Index),
            What.MapIterationFailed => (e.MapIterationFailed.Name, e.MapIterationFailed.Index),
            _ => (e.MapIterationAborted.Name, e.MapIterationAborted.Index),
        };
        if (Positions.ParentOf(e.Scope) is { } parent && (at.Of(parent).Current != name || Positions.PlaceOf(e.Scope)?.Index != index))
            Broken(history.Id, $"{e.Name()}: it tells of iteration {index} of '{name}'");
        if (position.IsTakenIn || (e.WhatCase == What.MapIterationSucceeded && !position.IsOver))
            Broken(history.Id, $"{e.Name()}: that iteration {(position.IsOver ? "was taken in already" : "has not ended")}");
    }

    private void Inside(History history, Event e, Positions at, Position position)
    {
        Judged();
        var parent = Positions.ParentOf(e.Scope)!;
        var around = at.Of(parent);
        if (Positions.PlaceOf(e.Scope) is not { } place)
            Broken(history.Id, $"{e.Name()}: that is no branch");
        else if (at.Machine is not null && at.StateOf(parent)?.Type is not ("Parallel" or "Map"))
            Broken(history.Id, $"{e.Name()} lies outside of any Parallel or Map");
        else if (!around.HasBranches || !(IsWordOfEnd(e) || at.IsLive(parent)))
            Broken(history.Id, $"{e.Name()}: no branches run there");
        else if (place.Visit != around.Visit || place.Attempt != around.Attempt)
            Broken(history.Id, $"{e.Name()}: visit {around.Visit}, attempt {around.Attempt} runs there");
        else if (around.Branches is { WhatCase: What.ParallelStateStarted } parallel && place.Index >= parallel.ParallelStateStarted.Branches)
            Broken(history.Id, $"{e.Name()}: there are {parallel.ParallelStateStarted.Branches} branches");
        else if (around.Branches is { WhatCase: What.MapStateStarted } && !around.Iterations.Contains((uint)place.Index))
            Broken(history.Id, $"{e.Name()}: that iteration has not started");
        else if (position.IsOver && !IsWordOfEnd(e))
            Broken(history.Id, $"{e.Name()}: that branch has ended");
    }

    /// <summary>What tells how a branch ended comes after its last state, and after the same word of the branch around it.</summary>
    private static bool IsWordOfEnd(Event e) =>
        e.WhatCase is What.MapIterationSucceeded or What.MapIterationFailed or What.MapIterationAborted or What.StateAborted or What.ChildGivenUp;
}
