using Cluster.Asl.Interpreter.Branches;
using Cluster.Asl.Interpreter.Failures;

namespace Cluster.Asl.Interpreter;

/// <content>What an event gets when it is accepted: its number, its place in a chain, its time, and where its payload is stored.</content>
internal sealed partial class DecisionTurn
{
    /// <summary>
    /// Numbers an event, which is new and from here on the execution's, chains it to its scope, and folds it in. The event that would be
    /// one too many is the failure instead.
    /// </summary>
    public void Accept(ExecutionEvent @event)
    {
        var scope = Execution.Find(@event.Scope);
        var limit = Context.Limits.HistoryEvents;
        if (limit > 0 && Execution.LastHistoryId + 1 >= limit && @event is { IsHistory: true, IsTerminal: false } and not ExecutionStarted)
        {
            @event = new ExecutionFailed(ErrorNames.Runtime, $"The execution reached the maximum number of history events ({limit}).")
            {
                PreviousId = Previous(@event, scope),
                At = Math.Max(@event.At, Math.Max(Context.Now, scope!.LastAt)),
            };
            scope = Execution.Root;
        }

        if (@event is TaskTimedOut || @event.IsTerminal)
            OrphanChildren(@event.IsTerminal ? Execution.Root : scope);
        Number(@event, scope);
        _events.Add(@event);
        _calls.Note(@event, scope);
        Execution = ExecutionEvolution.Evolve(Execution, @event);
        WakeAfter(@event);
    }

    /// <summary>
    /// Notes the executions that are parts of tasks in a scope, or inside it, which is about to be given up. One that this decision was about
    /// to start never is.
    /// </summary>
    private void OrphanChildren(Scope? parent)
    {
        if (parent is null || !ScopeWalk.HasChildren(parent))
            return;
        foreach (var scope in ScopeTree.All(parent))
        {
            if (scope.HasChild && !_calls.Starts(scope) && Execution.FindOrphan(scope.Path, scope.Visit, scope.Attempt) is null)
                Accept(new ChildGivenUp { Scope = scope.Path });
        }
    }

    /// <summary>Times never go back, whatever the clock says: not in a scope, and where that is gone, not before what the execution did last.</summary>
    private void Number(ExecutionEvent @event, Scope? scope)
    {
        var id = @event.IsHistory ? Execution.LastHistoryId + 1 : 0;
        @event.Accepted(
            id,
            Previous(@event, scope),
            @event.At != 0 ? @event.At : Math.Max(Context.Now, (scope ?? Execution.Root)?.LastAt ?? 0),
            Placed(@event.Payload, scope, @event.Scope, id));
    }

    private static long Previous(ExecutionEvent @event, Scope? scope)
    {
        // Ended from outside, an execution has no causal parent (C23).
        if (@event is ExecutionAborted or ExecutionTimedOut || !@event.IsHistory)
            return 0;
        return @event.PreviousId != 0 ? @event.PreviousId : scope?.LastId ?? 0;
    }

    /// <summary>The payload as the event holds it: one that an earlier event holds is referred to, a new one is stored here.</summary>
    private Payload? Placed(Payload? payload, Scope? scope, string path, long id)
    {
        if (payload is null)
            return null;
        if (payload.Origin != 0)
        {
            if (Execution.FindPayload(path, payload.Origin) is { } held)
                return held;
            payload = payload.Again();
        }
        else if (SameAsHeld(payload, scope) is { } same)
        {
            return same;
        }

        // The text is written here at the latest: an accepted payload is only read, by whatever threads.
        _bytes += payload.Size;
        payload.StoredIn(id);
        return payload;
    }

    private Payload? SameAsHeld(Payload payload, Scope? scope)
    {
        if (scope is null)
            return null;
        if (scope.TaskInput is { Origin: > 0 } input && input.SameText(payload))
            return input;
        if (scope.Result is { Origin: > 0 } result && result.SameText(payload))
            return result;
        if (scope.Data is { Origin: > 0 } data && data.SameText(payload))
            return data;
        return Execution.Input is { Origin: > 0 } first && first.SameText(payload) ? first : null;
    }
}
