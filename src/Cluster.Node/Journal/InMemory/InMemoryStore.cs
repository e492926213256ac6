using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.InMemory;

/// <summary>
/// The journal in memory, with the meaning of the durable ones: for tests, for the simulator, and for a process that may forget.
/// </summary>
/// <remarks>
/// Without a schedule an append is made and answered before <see cref="Append"/> returns. With one, each append and load is a turn that
/// the schedule runs when it likes, in the order in which it was given; nothing is written before its turn. Queries read at once.
/// </remarks>
public sealed class InMemoryStore : IExecutionJournal, IExecutionQueries, IShardRegister, ISuspectStore
{
    private readonly Lock _gate = new();
    private readonly InMemoryTables _tables = new();
    private readonly Action<Action>? _schedule;

    /// <summary>An empty store.</summary>
    /// <param name="schedule">Runs turns, or null to run them at once.</param>
    public InMemoryStore(Action<Action>? schedule = null) => _schedule = schedule;

    /// <inheritdoc/>
    public int ShardCount => ShardRange.DefaultCount;

    /// <inheritdoc/>
    public void Append(AppendRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)request.Shard, (uint)ShardCount, nameof(request));
        if (_schedule is null)
            AppendNow(request);
        else
            _schedule(() => AppendNow(request));
    }

    /// <inheritdoc/>
    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply)
    {
        if (_schedule is null)
            LoadNow(id, fromSnapshot, reply);
        else
            _schedule(() => LoadNow(id, fromSnapshot, reply));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> AcquireShardsAsync(CancellationToken cancellation) => Read(tables => tables.AcquireShards());

    /// <inheritdoc/>
    public ValueTask<ExecutionRow?> FindAsync(
        string account, string region, string stateMachine, string name, CancellationToken cancellation) =>
        Read(tables => tables.Find(account, region, stateMachine, name)?.Row);

    /// <inheritdoc/>
    public ValueTask<ExecutionRow?> GetAsync(ExecutionId id, CancellationToken cancellation) => Read(tables => tables.Find(id)?.Row);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionRow>> ListAsync(
        string account,
        string region,
        string stateMachine,
        ExecutionStatus? status,
        ExecutionId? after,
        int limit,
        CancellationToken cancellation) => Read(tables => tables.List(account, region, stateMachine, status, after, limit));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, long firstHistoryId, long lastHistoryId, CancellationToken cancellation) =>
        Read<IReadOnlyList<JournalRow>>(tables => tables.Find(id)?.Read(firstHistoryId, lastHistoryId) ?? []);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, IReadOnlyList<long> historyIds, CancellationToken cancellation) =>
        Read<IReadOnlyList<JournalRow>>(tables => tables.Find(id)?.ReadEach(historyIds) ?? []);

    /// <inheritdoc/>
    public ValueTask<JournalRow?> ReadLastAsync(ExecutionId id, CancellationToken cancellation) =>
        Read(tables => tables.Find(id)?.ReadLast());

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeEntry>> ReadWakesAsync(
        int firstBucket, int lastBucket, long until, WakeEntry? after, int limit, CancellationToken cancellation) =>
        Read(tables => tables.ReadWakes(firstBucket, lastBucket, until, after, limit));

    /// <inheritdoc/>
    public ValueTask BookAsync(IReadOnlyCollection<ExecutionId> ids, long incarnation, long at, CancellationToken cancellation)
    {
        lock (_gate)
            _tables.Book(ids, incarnation, at);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QuarantinedExecution>> ReadQuarantinedAsync(
        int firstBucket, int lastBucket, ExecutionId? after, int limit, CancellationToken cancellation) =>
        Read(tables => tables.ReadQuarantined(firstBucket, lastBucket, after, limit));

    /// <inheritdoc/>
    public ValueTask<int> ReleaseAsync(ExecutionId id, CancellationToken cancellation) => Read(tables => tables.Release(id));

    private void AppendNow(AppendRequest request)
    {
        AppendOutcome outcome;
        lock (_gate)
            outcome = _tables.Append(request);
        request.Reply.Answered(request, outcome);
    }

    private void LoadNow(ExecutionId id, bool fromSnapshot, ILoadReply reply)
    {
        LoadedExecution? loaded;
        lock (_gate)
            loaded = _tables.Load(id, fromSnapshot);
        reply.Loaded(id, loaded);
    }

    private ValueTask<T> Read<T>(Func<InMemoryTables, T> read)
    {
        lock (_gate)
            return ValueTask.FromResult(read(_tables));
    }
}
