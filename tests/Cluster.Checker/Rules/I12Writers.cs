using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>The epochs of a shard strictly rise as they are granted, and each has one writer.</summary>
internal sealed class I12Writers : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        var last = new Dictionary<int, long>();
        foreach (var lease in dump.Leases)
        {
            if (last.TryGetValue(lease.Shard, out var epoch) && lease.Epoch <= epoch)
                yield return new Breach("I12", $"shard {lease.Shard}", $"epoch {lease.Epoch} was granted after {epoch}");
            last[lease.Shard] = lease.Epoch;
        }

        var writers = new Dictionary<(int Shard, long Epoch), long>();
        foreach (var row in dump.Rows)
        {
            if (!writers.TryAdd((row.Shard, row.Epoch), row.Incarnation) && writers[(row.Shard, row.Epoch)] != row.Incarnation)
                yield return new Breach("I12", $"shard {row.Shard}", $"epoch {row.Epoch} has a second writer, {row.Incarnation}, in row {row.Sequence} of {row.Execution}");
        }
    }
}
