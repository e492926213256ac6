using Cluster.Checker.Dumps;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>One terminal event at the most, and one exactly where the row is closed or nothing is waited for once the run is healed.</summary>
internal sealed class I02OneEnd : IHistoryRule
{
    public IEnumerable<Breach> Judge(Dump dump, History history)
    {
        var ends = history.All.Where(History.IsTerminal).ToList();
        if (ends.Count > 1)
            yield return new Breach("I2", history.Id, $"{ends.Count} ends: {string.Join(", ", ends.Select(e => e.Name()))}");
        var marked = history.Rows.Where(row => row.Terminal).ToList();
        if (marked.Count != ends.Count && ends.Count <= 1)
            yield return new Breach("I2", history.Id, $"{marked.Count} rows are marked as the end, {ends.Count} events are one");
        if (history.Execution is not { } row)
            yield break;
        var status = ends.Count == 0 ? "RUNNING" : StatusOf(ends[^1].WhatCase);
        if (row.Status != status)
            yield return new Breach("I2", history.Id, $"its row says {row.Status}, its events {status}");
        if (ends.Count == 0 && dump.HealedAt is { } healed && !(row.WakeAt > healed) && !IsCalling(history))
            yield return new Breach("I2", history.Id, $"it has not ended, and nothing is waited for after {history.All.LastOrDefault()?.Name()}");
    }

    private static bool IsCalling(History history) =>
        history.Shown.Count(e => e.WhatCase == What.TaskStarted) >
        history.Shown.Count(e => e.WhatCase is What.TaskSucceeded or What.TaskFailed or What.TaskTimedOut);

    private static string StatusOf(What end) => end switch
    {
        What.ExecutionSucceeded => "SUCCEEDED",
        What.ExecutionFailed => "FAILED",
        What.ExecutionAborted => "ABORTED",
        _ => "TIMED_OUT",
    };
}
