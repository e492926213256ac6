using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using Cluster.Checker.Histories;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>Where a scope stands.</summary>
internal sealed class Position
{
    /// <summary>The state that it is in; null between two.</summary>
    public string? Current { get; set; }

    /// <summary>The state that comes next by the last exit; null before the first state and after the last.</summary>
    public string? Next { get; set; }

    public bool HasBegun { get; set; }

    /// <summary>Attempts of the state that it is in.</summary>
    public int Attempts { get; set; }

    /// <summary>Retries of each retrier of the state that it is in.</summary>
    public Dictionary<int, int> Retries { get; } = [];
}

/// <summary>Where all scopes of an execution stand, by the paths that its events carry.</summary>
internal sealed class Positions(ScopeOutline machine)
{
    private readonly Dictionary<string, Position> _positions = new(StringComparer.Ordinal);

    public static string? ParentOf(string scope) => scope.Length == 0 ? null : scope[..Math.Max(0, scope.LastIndexOf('/'))];

    public Position Of(string scope)
    {
        if (!_positions.TryGetValue(scope, out var position))
            _positions.Add(scope, position = new Position());
        return position;
    }

    /// <summary>The states of a scope, or null where the state around it has no such branch.</summary>
    public ScopeOutline? OutlineOf(string scope)
    {
        if (ParentOf(scope) is not { } parent)
            return machine;
        if (StateOf(parent) is not { } around)
            return null;
        if (around.Type == "Map")
            return around.Branches.Count == 1 ? around.Branches[0] : null;
        return int.TryParse(scope[(scope.LastIndexOf('.') + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var index) &&
            index >= 0 && index < around.Branches.Count ? around.Branches[index] : null;
    }

    /// <summary>The state that a scope is in, or null.</summary>
    public StateOutline? StateOf(string scope) =>
        Of(scope).Current is { } name && OutlineOf(scope)?.States.TryGetValue(name, out var state) == true ? state : null;

    /// <summary>Takes an event in, be it right or wrong.</summary>
    public void Follow(Event e)
    {
        var position = Of(e.Scope);
        switch (e.WhatCase)
        {
            case What.StateEntered:
                position.Current = e.StateEntered.Name;
                position.HasBegun = true;
                position.Next = null;
                position.Attempts = 0;
                position.Retries.Clear();
                break;
            case What.StateExited:
                position.Current = null;
                position.Next = e.StateExited.HasNext ? e.StateExited.Next : null;
                break;
            case What.ParallelStateStarted or What.MapStateStarted:
                position.Attempts++;
                Forget(e.Scope);
                break;
            case What.TaskScheduled:
                position.Attempts++;
                break;
            case What.RetryScheduled:
                var index = (int)e.RetryScheduled.Retrier;
                position.Retries[index] = position.Retries.GetValueOrDefault(index) + 1;
                break;
        }
    }

    private void Forget(string scope)
    {
        var inside = scope.Length == 0 ? "" : scope + "/";
        foreach (var path in _positions.Keys.Where(path => path.Length > scope.Length && path.StartsWith(inside, StringComparison.Ordinal)).ToList())
            _positions.Remove(path);
    }

    /// <summary>The definition that an execution runs, or null where the dump does not have it.</summary>
    public static Positions? For(Dump dump, History history) => dump.OutlineOf(history) is { } outline ? new Positions(outline) : null;
}
