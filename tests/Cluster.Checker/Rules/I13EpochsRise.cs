using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>In the order of commits the epoch of a shard never goes down, nor does it from row to row of an execution; no two rows have one place.</summary>
internal sealed class I13EpochsRise() : Rule("I13", "rows in the order of commits")
{
    public override void Open(History history)
    {
        for (var i = 1; i < history.Rows.Count; i++)
        {
            if (history.Rows[i].Epoch < history.Rows[i - 1].Epoch)
                Broken(history.Id, $"row {history.Rows[i].Sequence} has epoch {history.Rows[i].Epoch} after {history.Rows[i - 1].Epoch}");
        }
    }

    public override void End()
    {
        var last = new Dictionary<int, EventRow>();
        foreach (var row in Dump.Rows.OrderBy(row => row.Commit))
        {
            Judged();
            if (last.TryGetValue(row.Shard, out var before) && row.Epoch < before.Epoch)
                Broken($"shard {row.Shard}", $"row {row.Sequence} of {row.Execution} has epoch {row.Epoch} after {before.Epoch}");
            if (before is not null && row.Commit == before.Commit)
                Broken($"shard {row.Shard}", $"row {row.Sequence} of {row.Execution} and row {before.Sequence} of {before.Execution} are both commit {row.Commit}");
            last[row.Shard] = row;
        }
    }
}
