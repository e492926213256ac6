using System.Text.Json;
using Cluster.Checker.Dumps;
using Cluster.Checker.Histories;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// Timers are set as the definition says, fire once and never early: waits, retries, the time and the silence of a call, the time of the
/// execution. What still waits is stored with a wake time that is not later.
/// </summary>
internal sealed class I16Timers() : Rule("I16", "timers")
{
    public override void Take(History history, Event e, Positions at)
    {
        var position = at.Of(e.Scope);
        switch (e.WhatCase)
        {
            case What.WaitStarted: Armed(history, e, position, at.StateOf(e.Scope)); break;
            case What.StateExited when e.StateExited.Type == 3: Waited(history, e, position); break;
            case What.TaskScheduled or What.ParallelStateStarted or What.MapStateStarted when position.Retry is { } retry:
                Fired(history, e, retry.RetryScheduled.Due);
                break;
            case What.TaskTimedOut: TimedOut(history, e, position); break;
            case What.ExecutionTimedOut: Expired(history, e, at); break;
        }
    }

    public override void Close(History history, Positions at)
    {
        if (history.Execution is not { Status: "RUNNING" } row || history.All.Any(History.IsTerminal))
            return;
        Judged();
        var needed = NeededAt(history, at);
        if (needed is { } due && (row.WakeAt is not { } stored || stored > due))
            Broken(history.Id, $"it must be woken at {due}, its row says {row.WakeAt?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "never"}");
    }

    private void Armed(History history, Event e, Position position, StateOutline? state)
    {
        Judged();
        if (position.Wait is not null || position.Current is null || state is not (null or { Type: "Wait" }))
            Broken(history.Id, $"{e.Name()}: it waits already, or is in no Wait");
        else if ((state?.Seconds ?? Asked(history, position, state)) is { } seconds && e.WaitStarted.Until - e.At != seconds * 1000)
            Broken(history.Id, $"{e.Name()} at {e.At} until {e.WaitStarted.Until}: '{position.Current}' waits {seconds} s");
    }

    /// <summary>What the input asks for, where the path is plain.</summary>
    private static long? Asked(History history, Position position, StateOutline? state) =>
        state?.SecondsMember is { } member && position.Entered is { } entered && history.TextOf(entered) is { } text && JsonTexts.Parse(text) is { ValueKind: JsonValueKind.Object } input
            && input.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) ? seconds : null;

    private void Waited(History history, Event e, Position position)
    {
        if (position.Wait is { } wait)
            Fired(history, e, wait.WaitStarted.Until);
        else if (position.Failure is null)
            Broken(history.Id, $"{e.Name()}: it did not wait");
    }

    private void Fired(History history, Event e, long due)
    {
        Judged();
        if (e.At < due)
            Broken(history.Id, $"{e.Name()} at {e.At} is before {due}, when its timer was due");
    }

    private void TimedOut(History history, Event e, Position position)
    {
        if (position.Scheduled is not { } scheduled)
            return;
        var (call, silence) = (scheduled.TaskScheduled, e.TaskTimedOut.Heartbeat);
        if (silence ? !call.HasHeartbeatSeconds : !call.HasTimeoutSeconds)
            Broken(history.Id, $"{e.Name()}: its call has no such time");
        else if (!silence)
            Fired(history, e, scheduled.At + (call.TimeoutSeconds * 1000));
        else if ((call.HasToken ? position.Heard : scheduled) is { } heard)
            Fired(history, e, heard.At + (call.HeartbeatSeconds * 1000));
        else
            Broken(history.Id, $"{e.Name()}: nobody who could be silent has its token");
    }

    private void Expired(History history, Event e, Positions at)
    {
        if (at.Machine is null)
            return;
        if (at.Machine.TimeoutSeconds is { } seconds)
            Fired(history, e, history.All[0].At + (seconds * 1000));
        else
            Broken(history.Id, $"{e.Name()}: its machine has no TimeoutSeconds");
    }

    /// <summary>When the word of somebody else is too late.</summary>
    private static long AwaitedUntil(Position position)
    {
        var call = position.Scheduled!.TaskScheduled;
        var until = call.HasTimeoutSeconds ? position.Scheduled.At + (call.TimeoutSeconds * 1000) : long.MaxValue;
        return call.HasHeartbeatSeconds && position.Heard is { } heard ? Math.Min(until, heard.At + (call.HeartbeatSeconds * 1000)) : until;
    }

    /// <summary>When something must be done at the latest: 0 is now, null never.</summary>
    private static long? NeededAt(History history, Positions at)
    {
        var needed = at.Machine?.TimeoutSeconds is { } seconds ? history.All[0].At + (seconds * 1000) : long.MaxValue;
        foreach (var (scope, position) in at.All)
        {
            if (position.IsOver || !at.IsLive(scope))
                continue;
            if (position.Wait is { } wait)
                needed = Math.Min(needed, wait.WaitStarted.Until);
            else if (position.Retry is { } retry)
                needed = Math.Min(needed, retry.RetryScheduled.Due);
            else if (position.Awaits)
                needed = Math.Min(needed, AwaitedUntil(position));
            else if (!position.HasBranches)
                return 0;
        }

        return needed == long.MaxValue ? null : needed;
    }
}
