using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>At any time of the store one holder of a shard at the most: a grant begins when the one before it has ended, and grants follow in time.</summary>
internal sealed class I15OneHolder() : Rule("I15", "grants in time")
{
    public override void End()
    {
        foreach (var leases in Dump.Leases.GroupBy(lease => lease.Shard))
        {
            LeaseRecord? before = null;
            foreach (var lease in leases.OrderBy(lease => lease.Epoch))
            {
                Judged();
                if (lease.Until < lease.From)
                    Broken($"shard {leases.Key}", $"epoch {lease.Epoch} began at {lease.From} and ended at {lease.Until}");
                if (before is not null && lease.From < (before.Until ?? before.From))
                    Broken($"shard {leases.Key}", $"epoch {lease.Epoch} began at {lease.From}, epoch {before.Epoch} ended at {before.Until ?? before.From}");
                if (before is null || (lease.Until ?? lease.From) >= (before.Until ?? before.From))
                    before = lease;
            }
        }
    }
}
