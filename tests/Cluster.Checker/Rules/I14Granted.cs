using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>A row's epoch was granted before its commit, to its writer, and not superseded. Only where the dump has the shard's leases.</summary>
internal sealed class I14Granted : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        var leases = dump.Leases.Where(lease => lease.Commit is not null).GroupBy(lease => lease.Shard).ToDictionary(group => group.Key, group => group.OrderBy(lease => lease.Commit).ToList());
        foreach (var row in dump.Rows)
        {
            if (!leases.TryGetValue(row.Shard, out var ofShard))
                continue;
            var at = ofShard.FindLastIndex(lease => lease.Commit < row.Commit);
            if (at < 0 || ofShard[at].Epoch != row.Epoch || ofShard[at].Incarnation != row.Incarnation)
            {
                var held = at < 0 ? "nobody" : $"{ofShard[at].Incarnation} with epoch {ofShard[at].Epoch}";
                yield return new Breach("I14", $"shard {row.Shard}", $"{row.Incarnation} wrote row {row.Sequence} of {row.Execution} with epoch {row.Epoch} when {held} held it");
            }
        }
    }
}
