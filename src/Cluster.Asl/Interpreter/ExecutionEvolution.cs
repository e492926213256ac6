using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Asl.Interpreter;

/// <summary>
/// Folds events into an execution. It only folds: nothing is evaluated, refused or sent here, so that a replay by later code gives the
/// same execution.
/// </summary>
public static class ExecutionEvolution
{
    /// <summary>The execution after the event.</summary>
    /// <exception cref="InvalidOperationException">The event does not belong to this execution: its journal is damaged.</exception>
    public static Execution Evolve(Execution execution, ExecutionEvent @event)
    {
        var lastId = @event.Id == 0 ? execution.LastHistoryId : @event.Id;
        return @event switch
        {
            ExecutionStarted started => Started(execution, started),
            ExecutionSucceeded => Closed(execution, @event, ExecutionState.Succeeded),
            ExecutionFailed failed => Closed(execution, @event, ExecutionState.Failed) with { EndedWith = new Failure(failed.Error, failed.Cause, FailureKind.Given) },
            ExecutionTimedOut => Closed(execution, @event, ExecutionState.TimedOut),
            ExecutionAborted aborted => Closed(execution, @event, ExecutionState.Aborted) with { EndedWith = new Failure(aborted.Error, aborted.Cause, FailureKind.Given) },
            ChildGivenUp => execution with { Orphans = execution.Orphans.Add(OrphanOf(execution.Find(@event.Scope)!)) },
            ChildStopped stopped => execution with
            {
                Orphans = execution.FindOrphan(stopped.Scope, stopped.Visit, stopped.Attempt) is { } orphan
                    ? execution.Orphans.Remove(orphan)
                    : execution.Orphans,
            },
            _ => execution with { LastHistoryId = lastId, Root = Inside(Running(execution), @event) },
        };
    }

    private static Orphan OrphanOf(Scope scope) => new(OutstandingCall.Of(scope), scope.TokenTask?.Child);

    /// <summary>The tree of scopes after an event of one of them.</summary>
    private static Scope Inside(Scope root, ExecutionEvent @event)
    {
        var scope = ScopeTree.Find(root, @event.Scope)
            ?? throw new InvalidOperationException($"An event of scope '{@event.Scope}', which does not run.");
        if (@event is MapIterationSucceeded)
            return TakenIn(root, scope, @event.Id, @event.At);
        var changed = ScopeEvolution.Evolve(scope, @event);
        var tree = ReferenceEquals(changed, scope) ? root : ScopeTree.Replace(root, changed);

        // No event of its own tells that a branch of a Parallel has ended.
        return changed is { Phase: ScopePhase.Succeeded, Path.Length: > 0 } && ParentOf(root, changed).Branches!.Items is null
            ? TakenIn(tree, changed, changed.LastId, changed.LastAt)
            : tree;
    }

    /// <summary>A branch or iteration has ended well: its parent has its output, and what follows in the parent is chained to this end.</summary>
    private static Scope TakenIn(Scope root, Scope scope, long id, long at)
    {
        var parent = ParentOf(root, scope);
        var branches = parent.Branches!;
        return ScopeTree.Replace(root, parent with
        {
            LastId = id,
            LastAt = Math.Max(parent.LastAt, at),
            Branches = branches.End(branches.LaneOf(ScopePath.Index(scope.Path))),
        });
    }

    private static Scope ParentOf(Scope root, Scope scope) => ScopeTree.Find(root, ScopePath.Parent(scope.Path))!;

    private static Scope Running(Execution execution) =>
        execution is { State: ExecutionState.Running, Root: { } scope }
            ? scope
            : throw new InvalidOperationException($"A state's event in an execution that is {execution.State}.");

    private static Execution Started(Execution execution, ExecutionStarted started)
    {
        var input = started.Payload ?? throw new InvalidOperationException("An execution started without input.");
        return execution with
        {
            State = ExecutionState.Running,
            Start = started.Start,
            Input = input,
            StartedAt = started.At,
            LastHistoryId = started.Id,
            Root = new Scope
            {
                Definition = execution.Definition.Root,
                Data = input,
                Next = execution.Definition.Root.StartAt.Name,
                LastAt = started.At,
            },
        };
    }

    private static Execution Closed(Execution execution, ExecutionEvent @event, ExecutionState state) =>
        execution with { State = state, LastHistoryId = @event.Id, StoppedAt = @event.At };
}
