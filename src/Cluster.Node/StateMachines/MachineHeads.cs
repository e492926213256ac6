using System.Collections.Concurrent;

namespace Cluster.Node.StateMachines;

/// <summary>
/// Machine rows as starts need them, cached for at most a second, so that a start reads no table. Changes made by this process are seen
/// at once.
/// </summary>
public sealed class MachineHeads(IStateMachineStore store, TimeProvider time)
{
    /// <summary>How long a row may be used without being read anew.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1);

    /// <summary>Rows kept at most; beyond it the cache starts over.</summary>
    public const int MostHeads = 10_000;

    private readonly ConcurrentDictionary<(string Account, string Region, string Name), Head> _heads = new();

    /// <summary>A machine, or null.</summary>
    public ValueTask<StateMachineRow?> FindAsync(string account, string region, string name, CancellationToken cancellation) =>
        _heads.TryGetValue((account, region, name), out var head) && time.GetElapsedTime(head.ReadAt) < Lifetime
            ? ValueTask.FromResult<StateMachineRow?>(head.Row)
            : ReadAsync(account, region, name, cancellation);

    /// <summary>A machine has changed or is gone.</summary>
    public void Forget(string account, string region, string name) => _heads.TryRemove((account, region, name), out _);

    private async ValueTask<StateMachineRow?> ReadAsync(string account, string region, string name, CancellationToken cancellation)
    {
        var readAt = time.GetTimestamp();
        var row = await store.FindAsync(account, region, name, cancellation).ConfigureAwait(false);
        if (row is null)
            return null;
        if (_heads.Count >= MostHeads)
            _heads.Clear();
        _heads[(account, region, name)] = new Head(row, readAt);
        return row;
    }

    private sealed record Head(StateMachineRow Row, long ReadAt);
}
