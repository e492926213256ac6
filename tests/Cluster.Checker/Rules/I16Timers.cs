using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>Timers are never early: a wait, a retry, and each fires once.</summary>
internal sealed class I16Timers : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        var armed = new Dictionary<string, (Event Timer, long Due)>(StringComparer.Ordinal);
        foreach (var e in history.All)
        {
            if (e.WhatCase == What.WaitStarted)
                armed[e.Scope] = (e, e.WaitStarted.Until);
            else if (e.WhatCase == What.RetryScheduled)
                armed[e.Scope] = (e, e.RetryScheduled.Due);
            else if (Fires(e) && armed.Remove(e.Scope, out var timer) && e.At < timer.Due)
                yield return new Breach("I16", history.Id, $"{e.Name()} at {e.At} is before {timer.Due}, when its timer was due");
            else if (e.WhatCase == What.StateEntered)
                armed.Remove(e.Scope);
        }
    }

    private static bool Fires(Event e) =>
        e.WhatCase is What.TaskScheduled or What.ParallelStateStarted or What.MapStateStarted || (e.WhatCase == What.StateExited && e.StateExited.Type == 3);
}
