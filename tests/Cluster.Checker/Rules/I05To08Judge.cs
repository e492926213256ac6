using Cluster.Checker.Dumps;
using Cluster.Checker.Histories;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>What a reader without scopes can tell, by the chains alone: it finds what the journal's own scopes would hide.</summary>
internal sealed class I05To08Judge() : Rule("I5-I8", "histories")
{
    public override void Open(History history)
    {
        if (Dump.OutlineOf(history) is not { } outline)
            return;
        Judged();
        if (HistoryRules.Check(outline, [.. history.Shown.Select(e => Line(history, e))]) is { } wrong)
            Broken(history.Id, wrong);
    }

    private static HistoryLine Line(History history, Event e)
    {
        var line = new HistoryLine(e.Id, e.PreviousId, e.At, History.TypeOf(e)) { Payload = history.TextOf(e) };
        return e.WhatCase switch
        {
            What.StateEntered => line with { Name = e.StateEntered.Name },
            What.StateExited => line with { Name = e.StateExited.Name },
            What.MapStateStarted => line with { Length = (int)e.MapStateStarted.Length },
            What.MapIterationStarted => line with { Name = e.MapIterationStarted.Name, Index = (int)e.MapIterationStarted.Index },
            What.MapIterationSucceeded => line with { Name = e.MapIterationSucceeded.Name, Index = (int)e.MapIterationSucceeded.Index },
            What.MapIterationFailed => line with { Name = e.MapIterationFailed.Name, Index = (int)e.MapIterationFailed.Index },
            What.MapIterationAborted => line with { Name = e.MapIterationAborted.Name, Index = (int)e.MapIterationAborted.Index },
            What.TaskFailed => line with { Error = e.TaskFailed.HasError ? e.TaskFailed.Error : null, Cause = e.TaskFailed.HasCause ? e.TaskFailed.Cause : null },
            What.TaskTimedOut => line with { Error = "States.Timeout" },
            What.ExecutionFailed => line with
            {
                Error = e.ExecutionFailed.HasError ? e.ExecutionFailed.Error : null,
                Cause = e.ExecutionFailed.HasCause ? e.ExecutionFailed.Cause : null,
            },
            _ => line,
        };
    }
}
