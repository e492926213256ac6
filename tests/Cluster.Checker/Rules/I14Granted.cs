using Cluster.Checker.Dumps;
using Cluster.Node.Executions.Encoding.Wire;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;

namespace Cluster.Checker.Rules;

/// <summary>
/// No row has an epoch that was not yet granted to its writer or was superseded when it was committed. Where grants have no place in the
/// order of commits, the epoch must have been granted, and states were not entered after the writer had ended.
/// </summary>
internal sealed class I14Granted() : Rule("I14", "rows under a grant")
{
    /// <summary>How far the clocks of a process and of who watched it may be apart, in milliseconds.</summary>
    private const long Slack = 1_000;

    private readonly Dictionary<int, List<LeaseRecord>> _ordered = [];
    private readonly Dictionary<(int Shard, long Epoch), LeaseRecord> _granted = [];

    protected override void Begin()
    {
        foreach (var lease in Dump.Leases)
            _granted.TryAdd((lease.Shard, lease.Epoch), lease);
        foreach (var leases in Dump.Leases.Where(lease => lease.Commit is not null).GroupBy(lease => lease.Shard))
            _ordered[leases.Key] = [.. leases.OrderBy(lease => lease.Commit)];
    }

    public override void Open(History history)
    {
        for (var i = 0; i < history.Rows.Count && _granted.Count > 0; i++)
        {
            if (_ordered.TryGetValue(history.Rows[i].Shard, out var leases))
                InOrder(history.Rows[i], leases);
            else
                Granted(history.Rows[i], history.Batches[i]);
        }
    }

    private void InOrder(EventRow row, List<LeaseRecord> leases)
    {
        Judged();
        var (low, high) = (0, leases.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = leases[middle].Commit < row.Commit ? (middle + 1, high) : (low, middle);
        }

        if (low > 0 && leases[low - 1].Epoch == row.Epoch && leases[low - 1].Incarnation == row.Incarnation)
            return;
        var held = low == 0 ? "nobody" : $"{leases[low - 1].Incarnation} with epoch {leases[low - 1].Epoch}";
        Broken($"shard {row.Shard}", $"{row.Incarnation} wrote row {row.Sequence} of {row.Execution} with epoch {row.Epoch} when {held} held it");
    }

    private void Granted(EventRow row, EventBatch batch)
    {
        if (!_granted.TryGetValue((row.Shard, row.Epoch), out var lease))
        {
            if (Dump.IsComplete("lease"))
                Broken($"shard {row.Shard}", $"row {row.Sequence} of {row.Execution} has epoch {row.Epoch}, which was never granted");
            return;
        }

        Judged();
        if (lease.Incarnation != row.Incarnation)
            Broken($"shard {row.Shard}", $"{row.Incarnation} wrote row {row.Sequence} of {row.Execution} with epoch {row.Epoch}, which was granted to {lease.Incarnation}");
        else if (lease.Until is { } until && batch.Events.LastOrDefault(e => e.WhatCase == What.StateEntered) is { } late && late.At > until + Slack)
            Broken($"shard {row.Shard}", $"row {row.Sequence} of {row.Execution} is of {late.At}, its writer ended at {until}");
    }
}
