using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// One terminal event at the most, in the row that is marked with it, and one exactly where the row is closed or nothing is waited for once
/// the run is healed.
/// </summary>
internal sealed class I02OneEnd() : Rule("I2", "executions")
{
    /// <summary>How long, in milliseconds, an execution that has ended may take to tell that, where nothing goes wrong.</summary>
    internal const long LongestTelling = 30_000;

    private ILookup<string, EffectRecord> _effects = null!;

    protected override void Begin() => _effects = Dump.Effects.ToLookup(effect => EffectKey.ExecutionOf(effect.Key), StringComparer.Ordinal);

    public override void Close(History history, Positions at)
    {
        Judged();
        var ends = history.All.Where(History.IsTerminal).ToList();
        if (ends.Count > 1)
            Broken(history.Id, $"{ends.Count} ends: {string.Join(", ", ends.Select(e => e.Name()))}");
        for (var i = 0; i < history.Rows.Count; i++)
        {
            if (history.Rows[i].Terminal != history.Batches[i].Events.Any(History.IsTerminal))
                Broken(history.Id, $"row {history.Rows[i].Sequence} {(history.Rows[i].Terminal ? "is marked as the end and holds none" : "holds the end and is not marked")}");
        }

        if (history.Execution is not { } row)
            return;
        var status = ends.Count == 0 ? "RUNNING" : StatusOf(ends[^1].WhatCase);
        if (row.Status != status)
            Broken(history.Id, $"its row says {row.Status}, its events {status}");
        if (ends.Count == 0)
            Open(history, row, at);
        else
            Ended(history, row, ends[^1]);
    }

    private void Ended(History history, ExecutionRecord row, Event end)
    {
        if (row.Stop != end.At)
            Broken(history.Id, $"its row says that it stopped at {row.Stop}, its end is at {end.At}");
        if (row.WakeAt is { } wakeAt && !(wakeAt == 0 && MayHaveToTell(history, end)))
            Broken(history.Id, $"it has ended and is to be woken at {wakeAt}");
        if (row.NameExpires is not { } expires || expires < end.At)
            Broken(history.Id, $"it ended at {end.At}, and its name expires at {row.NameExpires}");
    }

    /// <summary>
    /// Whether an execution that has ended may still be on its way to tell somebody: its parent, whose token it has, or the child of a task
    /// that was given up, which it stops. Once the run is healed, for a while only.
    /// </summary>
    private bool MayHaveToTell(History history, Event end)
    {
        if (Dump.HealedAt is { } healed && end.At < healed - LongestTelling)
            return false;
        var orphans = history.All.Count(e => e.WhatCase == What.ChildGivenUp) - history.All.Count(e => e.WhatCase == What.ChildStopped);
        return orphans > 0 || history.All[0] is { ExecutionStarted.HasParentToken: true };
    }

    private void Open(History history, ExecutionRecord row, Positions at)
    {
        if (row.Stop is not null || row.NameExpires is not null)
            Broken(history.Id, "it runs, and its row has a stop date or says when its name expires");
        if (Dump.HealedAt is not { } healed || row.WakeAt > healed || IsCalling(history, at))
            return;
        Broken(history.Id, $"it has not ended, and nothing is waited for after {history.All.LastOrDefault()?.Name()}");
    }

    /// <summary>Whether a call is out that its function, or whoever has its token, has not answered, as far as functions tell.</summary>
    private bool IsCalling(History history, Positions at)
    {
        foreach (var (scope, position) in at.All)
        {
            if (position.Awaits && at.IsLive(scope))
                return true;
            if (position.Started is null || !at.IsLive(scope))
                continue;
            var key = EffectKey.Of(history, scope, position);
            var seen = _effects[history.Id].Where(effect => effect.Key == key).ToList();
            if (!Dump.IsComplete("effect") || seen.Count(effect => effect.What == EffectRecord.Called) > seen.Count(effect => effect.What != EffectRecord.Called))
                return true;
        }

        return false;
    }

    private static string StatusOf(What end) => end switch
    {
        What.ExecutionSucceeded => "SUCCEEDED",
        What.ExecutionFailed => "FAILED",
        What.ExecutionAborted => "ABORTED",
        _ => "TIMED_OUT",
    };
}
