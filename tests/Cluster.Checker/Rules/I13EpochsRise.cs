using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>In the order of commits the epoch of a shard never goes down.</summary>
internal sealed class I13EpochsRise : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        var last = new Dictionary<int, long>();
        foreach (var row in dump.Rows.OrderBy(row => row.Commit))
        {
            if (last.TryGetValue(row.Shard, out var epoch) && row.Epoch < epoch)
                yield return new Breach("I13", $"shard {row.Shard}", $"row {row.Sequence} of {row.Execution} has epoch {row.Epoch} after {epoch}");
            last[row.Shard] = row.Epoch;
        }
    }
}
