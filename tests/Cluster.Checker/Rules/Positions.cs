using System.Globalization;
using Cluster.Checker.Histories;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>Where all scopes of an execution stand, by the paths that its events carry: each <c>/visit.attempt.index</c> below its parent.</summary>
/// <param name="machine">The definition, or null where it is not known.</param>
internal sealed class Positions(ScopeOutline? machine)
{
    private readonly Dictionary<string, Position> _positions = new(StringComparer.Ordinal);

    public ScopeOutline? Machine => machine;

    /// <summary>All scopes of which something was told.</summary>
    public IEnumerable<KeyValuePair<string, Position>> All => _positions;

    public static string? ParentOf(string scope) => scope.Length == 0 ? null : scope[..Math.Max(0, scope.LastIndexOf('/'))];

    /// <summary>Visit, attempt and index of a scope in its parent; null where the path is none.</summary>
    public static (long Visit, int Attempt, int Index)? PlaceOf(string scope)
    {
        var parts = scope[(scope.LastIndexOf('/') + 1)..].Split('.');
        return parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var visit)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && scope.EndsWith(string.Create(CultureInfo.InvariantCulture, $"/{visit}.{attempt}.{index}"), StringComparison.Ordinal) ? (visit, attempt, index) : null;
    }

    public Position Of(string scope)
    {
        if (!_positions.TryGetValue(scope, out var position))
            _positions.Add(scope, position = new Position());
        return position;
    }

    /// <summary>The path of a branch of the attempt that runs in a scope.</summary>
    public string PathOf(string scope, uint index) => PathOf(scope, Of(scope), (int)index);

    /// <summary>The states of a scope, or null where the state around it has no such branch.</summary>
    public ScopeOutline? OutlineOf(string scope)
    {
        if (ParentOf(scope) is not { } parent)
            return machine;
        if (StateOf(parent) is not { } around)
            return null;
        if (around.Type == "Map")
            return around.Branches.Count == 1 ? around.Branches[0] : null;
        return PlaceOf(scope) is { } place && place.Index < around.Branches.Count ? around.Branches[place.Index] : null;
    }

    /// <summary>The state that a scope is in, or null.</summary>
    public StateOutline? StateOf(string scope) =>
        Of(scope).Current is { } name && OutlineOf(scope)?.States.TryGetValue(name, out var state) == true ? state : null;

    /// <summary>Whether a scope goes on: it is the execution's own, or a branch of an attempt that runs.</summary>
    public bool IsLive(string scope)
    {
        for (; ParentOf(scope) is { } parent; scope = parent)
        {
            var around = Of(parent);
            if (Of(scope).IsOver || !around.HasBranches || PlaceOf(scope) is not { } place || place.Visit != around.Visit || place.Attempt != around.Attempt)
                return false;
        }

        return true;
    }

    /// <summary>Takes an event in, be it right or wrong.</summary>
    public void Follow(Event e)
    {
        var position = Of(e.Scope);
        switch (e.WhatCase)
        {
            case What.ExecutionStarted: position.DataOf = e; break;
            case What.StateEntered: Entered(position, e); break;
            case What.StateExited: Exited(position, e); break;
            case What.ParallelStateStarted or What.MapStateStarted: Branched(position, e); break;
            case What.MapIterationStarted:
                position.Iterations.Add(e.MapIterationStarted.Index);
                position.Lanes[e.MapIterationStarted.Lane] = e.MapIterationStarted.Index;
                Child(e.Scope, position, (int)e.MapIterationStarted.Index).DataOf = e;
                break;
            case What.MapIterationSucceeded or What.MapIterationFailed or What.MapIterationAborted or What.StateAborted:
                position.IsOver = true;
                position.IsTakenIn = e.WhatCase == What.MapIterationSucceeded;
                break;
            case What.BranchesSucceeded: position.HasBranches = false; break;
            case What.BranchesFailed: position.HasTold = true; break;
            case What.StateFailed: Failed(position, e); break;
            case What.WaitStarted: position.Wait = e; break;
            case What.RetryScheduled: Retried(position, e); break;
            case What.TaskScheduled:
                Begins(position);
                position.Scheduled = e;
                break;
            case What.TaskStarted:
                position.Started = e;
                if (e.TaskStarted.Kind == Position.Activity)
                    position.Heard = e;
                break;
            case What.TaskSubmitted or What.TaskHeartbeat: position.Heard = e; break;
            case What.TaskSucceeded: Answered(position); break;
            case What.TaskFailed or What.TaskTimedOut:
                Answered(position);
                Failed(position, e);
                break;
        }

        position.Last = e;
    }

    private static void Entered(Position position, Event e)
    {
        position.Current = e.StateEntered.Name;
        position.HasBegun = true;
        position.Next = null;
        position.Visit++;
        position.Entered = e;
        position.Attempt = 0;
        position.Begun = 0;
        position.Retries.Clear();
        Settle(position);
    }

    private static void Exited(Position position, Event e)
    {
        position.Current = null;
        position.Next = e.StateExited.HasNext ? e.StateExited.Next : null;
        position.IsOver = !e.StateExited.HasNext;
        position.DataOf = e;
        Settle(position);
    }

    private void Branched(Position position, Event e)
    {
        Begins(position);
        position.HasBranches = true;
        position.Branches = e;
        position.Iterations.Clear();
        position.Lanes.Clear();
        if (e.WhatCase == What.ParallelStateStarted)
        {
            for (var i = 0; i < e.ParallelStateStarted.Branches; i++)
                Child(e.Scope, position, i).DataOf = e;
        }
    }

    private Position Child(string scope, Position parent, int index) => Of(PathOf(scope, parent, index));

    private static string PathOf(string scope, Position parent, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{scope}/{parent.Visit}.{parent.Attempt}.{index}");

    private static void Begins(Position position)
    {
        position.Begun++;
        position.Retry = null;
        position.Failure = null;
    }

    private static void Failed(Position position, Event e)
    {
        position.Failure = e;
        position.FailedAt = e.At;
        position.HasBranches = false;
        position.Retry = null;
        position.Wait = null;
    }

    private static void Retried(Position position, Event e)
    {
        var index = (int)e.RetryScheduled.Retrier;
        position.Retries[index] = position.Retries.GetValueOrDefault(index) + 1;
        position.Attempt++;
        position.Retry = e;
        position.HasTold = false;
        position.Failure = null;
        position.HasBranches = false;
    }

    private static void Answered(Position position)
    {
        position.Scheduled = null;
        position.Started = null;
        position.Heard = null;
    }

    private static void Settle(Position position)
    {
        Answered(position);
        position.Failure = null;
        position.Retry = null;
        position.Wait = null;
        position.HasBranches = false;
        position.HasTold = false;
    }
}
