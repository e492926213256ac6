using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>Why an execution is parked.</summary>
public enum ParkReason
{
    /// <summary>Too many lives of a process ended while they worked for it.</summary>
    Quarantined,

    /// <summary>What is stored of it cannot be folded.</summary>
    Damaged,

    /// <summary>A newer node wrote what is stored of it.</summary>
    NeedsNewerNode,
}

/// <summary>An execution that this process does not run.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Reason">Why.</param>
/// <param name="Words">Why, for people.</param>
/// <param name="Since">When this process found out, in Unix milliseconds.</param>
public sealed record ParkedExecution(ExecutionId Id, ParkReason Reason, string Words, long Since);

/// <summary>
/// The executions that this process has found and does not run: each is told once, counted, and shown in /admin. Safe from any thread.
/// </summary>
/// <param name="metrics">What is counted.</param>
public sealed class ParkedExecutions(ExecutionMetrics metrics)
{
    /// <summary>The most that are remembered; one more is parked all the same, but told each time that it is looked at.</summary>
    public const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<ExecutionId, ParkedExecution> _parked = [];
    private volatile bool _any;

    /// <summary>Those that are parked now, by id.</summary>
    public IReadOnlyList<ParkedExecution> All
    {
        get
        {
            lock (_lock)
                return [.. _parked.Values];
        }
    }

    /// <summary>How an execution is parked, or null.</summary>
    public ParkedExecution? Find(ExecutionId id)
    {
        if (!_any)
            return null;
        lock (_lock)
            return _parked.GetValueOrDefault(id);
    }

    /// <summary>Parks an execution.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Add(ParkedExecution parked)
    {
        lock (_lock)
        {
            if (_parked.TryGetValue(parked.Id, out var before) && before.Reason == parked.Reason)
                return false;
            if (before is not null)
                metrics.Parked(before.Reason, -1);
            else if (_parked.Count == Most)
                return true;
            _parked[parked.Id] = parked;
            _any = true;
        }

        metrics.Parked(parked.Reason, 1);
        return true;
    }

    /// <summary>A shard is no longer here: whoever holds it now finds out by itself.</summary>
    /// <param name="isOfShard">Whether an execution belongs to the shard.</param>
    public void RemoveAll(Predicate<ExecutionId> isOfShard)
    {
        foreach (var parked in _any ? All : [])
        {
            if (isOfShard(parked.Id))
                Remove(parked.Id);
        }
    }

    /// <summary>An execution runs again, or may be looked at anew.</summary>
    public void Remove(ExecutionId id)
    {
        if (!_any)
            return;
        ParkedExecution? removed;
        lock (_lock)
        {
            _parked.Remove(id, out removed);
            _any = _parked.Count > 0;
        }

        if (removed is not null)
            metrics.Parked(removed.Reason, -1);
    }
}
