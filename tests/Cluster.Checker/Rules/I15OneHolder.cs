using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>At any time of the database one holder of a shard at the most.</summary>
internal sealed class I15OneHolder : IDumpRule
{
    public IEnumerable<Breach> Judge(Dump dump)
    {
        foreach (var leases in dump.Leases.Where(lease => lease.Until is not null).GroupBy(lease => lease.Shard))
        {
            LeaseRecord? before = null;
            foreach (var lease in leases.OrderBy(lease => lease.From))
            {
                if (before is not null && lease.From < before.Until)
                    yield return new Breach("I15", $"shard {leases.Key}", $"epoch {lease.Epoch} began at {lease.From}, epoch {before.Epoch} ended at {before.Until}");
                if (before is null || lease.Until > before.Until)
                    before = lease;
            }
        }
    }
}
