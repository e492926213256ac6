using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// A function is called only for an attempt whose start is in the journal; again with the same key only when its shard has changed hands in
/// between, and never where it must not be.
/// </summary>
internal sealed class I11Effects() : Rule("I11", "calls of functions")
{
    /// <summary>How long a request of a process that is gone may lie in a socket before its function sees it, in milliseconds.</summary>
    internal const long SocketMilliseconds = 100;

    private readonly HashSet<string> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _shards = new(StringComparer.Ordinal);
    private ILookup<int, LeaseRecord> _leases = null!;

    protected override void Begin() => _leases = Dump.Leases.ToLookup(lease => lease.Shard);

    public override void Open(History history)
    {
        if (history.Rows.Count > 0)
            _shards[history.Id] = history.Rows[0].Shard;
    }

    public override void Take(History history, Event e, Positions at)
    {
        if (e.WhatCase == What.TaskStarted && Dump.Effects.Count > 0)
            _started.Add(EffectKey.Of(history, e.Scope, at.Of(e.Scope)));
    }

    public override void End()
    {
        foreach (var calls in Dump.Effects.Where(effect => effect.What == EffectRecord.Called).GroupBy(effect => effect.Key, StringComparer.Ordinal))
        {
            Judged();
            var execution = EffectKey.ExecutionOf(calls.Key);
            if (!_started.Contains(calls.Key))
                Broken(execution, $"{calls.First().Function} was called for {calls.Key}, which was never started");
            else if (calls.Count() > 1)
                Again(execution, [.. calls.OrderBy(call => call.At)]);
        }
    }

    private void Again(string execution, List<EffectRecord> calls)
    {
        if (calls.Exists(call => call.Idempotent == false))
            Broken(execution, $"{calls[0].Function}, which must not be called twice, was called {calls.Count} times for {calls[0].Key}");
        for (var i = 1; i < calls.Count && Dump.Leases.Count > 0; i++)
        {
            if (!ChangedHands(_shards[execution], calls[i - 1].At, calls[i].At))
                Broken(execution, $"{calls[i].Function} was called again for {calls[i].Key} at {calls[i].At}, and the shard has not changed hands since {calls[i - 1].At}");
        }
    }

    private bool ChangedHands(int shard, long after, long until) =>
        _leases[shard].Any(lease => lease.From >= after - SocketMilliseconds && lease.From <= until);
}
