using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.InMemory;

/// <summary>The table of suspects of the memory store: for each execution the incarnations that ended while they worked for it, and when.</summary>
internal sealed class InMemorySuspects
{
    private readonly SortedDictionary<ExecutionId, SortedDictionary<long, long>> _crashes = [];

    public int CrashesOf(ExecutionId id) => _crashes.TryGetValue(id, out var crashes) ? crashes.Count : 0;

    public void Book(IReadOnlyCollection<ExecutionId> ids, long incarnation, long at, Func<ExecutionId, ExecutionRow?> find)
    {
        foreach (var id in _crashes.Keys.ToList())
        {
            if (IsOver(find(id)) || (CrashesOf(id) < ISuspectStore.Crashes && SinceOf(id) < at - ISuspectStore.Memory.TotalMilliseconds))
                _crashes.Remove(id);
        }

        foreach (var id in ids)
        {
            if (find(id) is null)
                continue;
            if (!_crashes.TryGetValue(id, out var crashes))
                _crashes.Add(id, crashes = []);
            crashes.TryAdd(incarnation, at);
        }
    }

    public IReadOnlyList<QuarantinedExecution> ReadQuarantined(
        int firstBucket, int lastBucket, ExecutionId? after, int limit, Func<ExecutionId, ExecutionRow> get) =>
    [
        .. _crashes
            .Where(entry => entry.Value.Count >= ISuspectStore.Crashes && !(entry.Key <= after)
                && entry.Key.Bucket >= firstBucket && entry.Key.Bucket <= lastBucket)
            .Take(limit)
            .Select(entry => new QuarantinedExecution(get(entry.Key), entry.Value.Count, SinceOf(entry.Key))),
    ];

    public int Release(ExecutionId id) => _crashes.Remove(id, out var crashes) ? crashes.Count : 0;

    public void Forget(ExecutionId id) => _crashes.Remove(id);

    private long SinceOf(ExecutionId id) => _crashes[id].Values.Max();

    private static bool IsOver(ExecutionRow? row) => row is null or { Status: not ExecutionStatus.Running, WakeAt: null };
}
