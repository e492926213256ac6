using Cluster.Checker.Dumps;

namespace Cluster.Checker.Rules;

/// <summary>
/// The epochs of a shard strictly rise as they are granted, and each has one writer. In the end the shard stands at the last that was granted,
/// and nobody has written under a later one.
/// </summary>
internal sealed class I12Writers() : Rule("I12", "grants and written rows")
{
    private readonly Dictionary<int, LeaseRecord> _last = [];
    private readonly Dictionary<(int Shard, long Epoch), long> _writers = [];

    public override void End()
    {
        foreach (var lease in Dump.Leases)
        {
            Judged();
            if (_last.TryGetValue(lease.Shard, out var before) && lease.Epoch <= before.Epoch)
                Broken($"shard {lease.Shard}", $"epoch {lease.Epoch} was granted after {before.Epoch}");
            _last[lease.Shard] = lease;
        }

        foreach (var row in Dump.Rows)
        {
            Judged();
            if (!_writers.TryAdd((row.Shard, row.Epoch), row.Incarnation) && _writers[(row.Shard, row.Epoch)] != row.Incarnation)
                Broken($"shard {row.Shard}", $"epoch {row.Epoch} has a second writer, {row.Incarnation}, in row {row.Sequence} of {row.Execution}");
        }

        var highest = Dump.Rows.GroupBy(row => row.Shard).ToDictionary(rows => rows.Key, rows => rows.Max(row => row.Epoch));
        foreach (var shard in Dump.Shards)
            Stands(shard, highest.GetValueOrDefault(shard.Shard));
    }

    private void Stands(ShardRecord shard, long highest)
    {
        if (highest > shard.Epoch)
            Broken($"shard {shard.Shard}", $"it stands at epoch {shard.Epoch}, and rows have {highest}");
        if (_writers.TryGetValue((shard.Shard, shard.Epoch), out var writer) && writer != shard.Incarnation)
            Broken($"shard {shard.Shard}", $"{shard.Incarnation} holds it, and {writer} has written at its epoch");
        if (_last.TryGetValue(shard.Shard, out var last) && (last.Epoch != shard.Epoch || last.Incarnation != shard.Incarnation))
            Broken($"shard {shard.Shard}", $"{shard.Incarnation} holds it at epoch {shard.Epoch}, and the last grant was epoch {last.Epoch} to {last.Incarnation}");
    }
}
