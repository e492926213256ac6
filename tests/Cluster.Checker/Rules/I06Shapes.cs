using System.Text.Json;
using Cluster.Checker.Dumps;
using Cluster.Checker.Histories;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// Calls and branches are those of the definition: resource, kind and times of a call and of what follows it; how many branches, iterations
/// and lanes there are, and the item that each iteration is given.
/// </summary>
internal sealed class I06Shapes() : Rule("I6", "calls, branches and iterations")
{
    private const string OptimisedPrefix = "arn:aws:states:";

    public override void Take(History history, Event e, Positions at)
    {
        var position = at.Of(e.Scope);
        var wrong = e.WhatCase switch
        {
            What.TaskScheduled => Scheduled(e.TaskScheduled, at.StateOf(e.Scope)) ?? Given(history, e, position, at.StateOf(e.Scope)),
            What.TaskStarted => Started(position, e.TaskStarted),
            What.TaskSucceeded => Follows(position, e.TaskSucceeded.Resource, e.TaskSucceeded.Kind),
            What.TaskFailed => Follows(position, e.TaskFailed.Resource, e.TaskFailed.Kind),
            What.TaskTimedOut => Follows(position, e.TaskTimedOut.Resource, e.TaskTimedOut.Kind),
            What.ParallelStateStarted => at.StateOf(e.Scope) is { } state && state.Branches.Count != e.ParallelStateStarted.Branches ? $"'{state.Name}' has {state.Branches.Count} branches" : null,
            What.MapStateStarted => Mapped(history, e, at.StateOf(e.Scope)) ?? Given(history, e, position, at.StateOf(e.Scope)),
            What.MapIterationStarted => Iterated(history, e, position, at),
            _ => null,
        };
        if (e.WhatCase is What.TaskScheduled or What.ParallelStateStarted or What.MapStateStarted or What.MapIterationStarted)
            Judged();
        if (wrong is not null)
            Broken(history.Id, $"{e.Name()}: {wrong}");
    }

    private static string? Scheduled(TaskScheduled call, StateOutline? state)
    {
        if (state is null)
            return null;
        if (state.Resource is { } resource && resource != call.Resource)
            return $"'{state.Name}' calls {resource}";
        if (call.Kind != KindOf(call.Resource))
            return $"{call.Resource} is not of kind {call.Kind}";
        if (call.HasToken != (call.Kind == Position.Activity || IsAwaited(call.Resource)))
            return $"{call.Resource} has {(call.HasToken ? "a" : "no")} token";
        if (state.Timeout.Differs(call.HasTimeoutSeconds ? call.TimeoutSeconds : null))
            return $"'{state.Name}' has another TimeoutSeconds";
        return state.Heartbeat.Differs(call.HasHeartbeatSeconds ? call.HeartbeatSeconds : null) ? $"'{state.Name}' has another HeartbeatSeconds" : null;
    }

    private static uint KindOf(string resource) =>
        resource.Split(':') is [_, _, "states", _, _, "activity", _] ? Position.Activity : resource.StartsWith(OptimisedPrefix, StringComparison.Ordinal) ? 1u : 0;

    /// <summary>Whether more than the request's own answer is waited for.</summary>
    private static bool IsAwaited(string resource) => resource.EndsWith(".waitForTaskToken", StringComparison.Ordinal)
        || resource.EndsWith(".sync", StringComparison.Ordinal) || resource.EndsWith(".sync:2", StringComparison.Ordinal);

    private static string? Started(Position position, TaskStarted started) =>
        started.HasWorkerName && started.Kind != Position.Activity ? $"{started.Resource} has a worker" : Follows(position, started.Resource, started.Kind);

    private static string? Follows(Position position, string resource, uint kind) =>
        position.Scheduled?.TaskScheduled is { } call && (call.Resource != resource || call.Kind != kind) ? $"{call.Resource} of kind {call.Kind} was scheduled" : null;

    /// <summary>A call or a Map that shapes nothing is given what its state was.</summary>
    private static string? Given(History history, Event e, Position position, StateOutline? state) =>
        state is { ShapesInput: false } && position.Entered is { } entered && history.DigestOf(entered) is { } input && history.DigestOf(e) is { } given
            && !given.Equals(input) && !JsonTexts.MeanTheSame(history.TextOf(entered), history.TextOf(e)) ? "it is given something else than its state" : null;

    private static string? Mapped(History history, Event e, StateOutline? state)
    {
        var map = e.MapStateStarted;
        if (history.TextOf(e) is { } text && JsonTexts.Items(text) is var items && items?.Count != map.Length)
            return $"it is given {items?.Count} items, and says {map.Length}";
        return state is { HasFixedLanes: true } && map.Lanes != Math.Min(state.Lanes, map.Length) ? $"'{state.Name}' has {state.Lanes} lanes for {map.Length} items" : null;
    }

    private static string? Iterated(History history, Event e, Position position, Positions at)
    {
        var iteration = e.MapIterationStarted;
        if (position.Branches is not { WhatCase: What.MapStateStarted } started || !position.HasBranches)
            return "no Map runs there";
        if (iteration.Name != position.Current || iteration.Index != position.Iterations.Count || iteration.Index >= started.MapStateStarted.Length)
            return $"iteration {position.Iterations.Count} of '{position.Current}', which has {started.MapStateStarted.Length}, is the next";
        if (iteration.Lane >= started.MapStateStarted.Lanes)
            return $"there are {started.MapStateStarted.Lanes} lanes";
        if (position.Lanes.TryGetValue(iteration.Lane, out var holder) && !at.Of(at.PathOf(e.Scope, holder)).IsTakenIn)
            return $"lane {iteration.Lane} is taken by iteration {holder}";
        if (at.StateOf(e.Scope) is not { HasItemSelector: false } || history.TextOf(started) is not { } items || history.TextOf(e) is not { } item)
            return null;
        return JsonTexts.Items(items) is { } all && !JsonElement.DeepEquals(all[(int)iteration.Index], JsonTexts.Parse(item)) ? "it is given another item" : null;
    }
}
