using Cluster.Asl.Definitions;

namespace Cluster.Asl.Interpreter.Branches;

/// <summary>How branches and iterations end: by themselves, or because one of them fails.</summary>
internal static class BranchEnds
{
    /// <summary>Tells of the first iteration of a Map that has ended well and is not taken in yet, or null. Parallel has no such event.</summary>
    public static MapIterationSucceeded? Next(Scope parent)
    {
        foreach (var lane in parent.Branches!.Lanes)
        {
            if (lane.Scope is { Phase: ScopePhase.Succeeded } ended)
                return new MapIterationSucceeded(parent.State!, lane.Index) { Scope = ended.Path };
        }

        return null;
    }

    /// <summary>
    /// The events of a failure that cuts the other branches short, in the order of branches or items. All are chained to the last event of
    /// the branch that failed, and none advances a chain (C22; the recording is test_service_lambda_map_timeout).
    /// </summary>
    /// <param name="parent">The scope whose branches they are.</param>
    /// <param name="failed">The branch that failed, or the parent itself when it could not start the next one.</param>
    public static IEnumerable<ExecutionEvent> CutShort(Scope parent, Scope failed)
    {
        var events = new List<ExecutionEvent>();
        Cut(parent, failed, events);
        return events;
    }

    private static void Cut(Scope parent, Scope failed, List<ExecutionEvent> events)
    {
        var branches = parent.Branches!;
        foreach (var lane in branches.Lanes.OrderBy(lane => lane.Index))
        {
            if (lane.Scope is not { } scope)
                continue;
            var isFailed = ReferenceEquals(scope, failed);
            if (branches.Items is not null)
            {
                events.Add(isFailed
                    ? new MapIterationFailed(parent.State!, lane.Index) { Scope = scope.Path, PreviousId = failed.LastId }
                    : new MapIterationAborted(parent.State!, lane.Index) { Scope = scope.Path, PreviousId = failed.LastId });
            }

            if (Open(scope, isFailed) is { } type)
                events.Add(new StateAborted(type) { Scope = scope.Path, PreviousId = failed.LastId });
            if (scope.Branches is not null)
                Cut(scope, failed, events);
        }
    }

    /// <summary>The type of the state that is cut short, or null: where none was entered, or none of its events tells of such an end.</summary>
    private static StateType? Open(Scope scope, bool isFailed)
    {
        if (scope.Phase is ScopePhase.Moving or ScopePhase.Succeeded || scope.State is null)
            return null;
        return ScopeDecider.Find(scope.Definition, scope.State).Type switch
        {
            // A Parallel or Map that failed has told so itself.
            var type and (StateType.Parallel or StateType.Map) => isFailed ? null : type,
            var type and (StateType.Task or StateType.Wait) => type,
            _ => null,
        };
    }
}
