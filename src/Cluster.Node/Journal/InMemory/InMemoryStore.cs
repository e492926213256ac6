using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Journal.InMemory;

/// <summary>
/// The journal in memory, with the meaning of the durable ones: for tests, for the simulator, and for a process that may forget.
/// </summary>
/// <remarks>
/// Without a schedule an append is made and answered before <see cref="Append"/> returns. With one, each append and load is a turn that
/// the schedule runs when it likes, in the order in which it was given; nothing is written before its turn. Queries read at once, and
/// what the register is asked is done at once.
/// The store itself is of the incarnation <see cref="OnlyIncarnation"/>; several nodes on one store each have doors of their own.
/// </remarks>
public sealed class InMemoryStore : IExecutionJournal, IExecutionQueries, IShardRegister, IClusterRegister, ISuspectStore, ITokenKeyStore, IPendingTasks
{
    /// <summary>The incarnation of whoever has the store for himself.</summary>
    public const long OnlyIncarnation = 1;

    private readonly Lock _gate = new();
    private readonly InMemoryRegister _register = new();
    private readonly InMemoryTables _tables;
    private readonly Action<Action>? _schedule;
    private string? _tokenKeys;
    private readonly TimeProvider _time;

    /// <summary>An empty store.</summary>
    /// <param name="schedule">Runs turns, or null to run them at once.</param>
    /// <param name="time">The store's clock, which judges leases; the system's by default.</param>
    public InMemoryStore(Action<Action>? schedule = null, TimeProvider? time = null)
    {
        _schedule = schedule;
        _time = time ?? TimeProvider.System;
        _tables = new InMemoryTables(_register);
    }

    /// <inheritdoc cref="IClusterRegister.ShardCount"/>
    public int ShardCount => ShardRange.DefaultCount;

    /// <inheritdoc/>
    public long Incarnation => OnlyIncarnation;

    /// <summary>The register's log, oldest first.</summary>
    public IReadOnlyList<GrantEntry> Grants
    {
        get
        {
            lock (_gate)
                return [.. _register.Grants];
        }
    }

    /// <summary>The register as one life of a process sees it.</summary>
    /// <param name="incarnation">Its number, above 0.</param>
    public IClusterRegister RegisterOf(long incarnation) => new InMemoryDoor(this, incarnation);

    /// <summary>The journal as one life of a process sees it; what it writes is kept as written by it, whoever holds the shard.</summary>
    /// <param name="incarnation">Its number, above 0.</param>
    public IExecutionJournal JournalOf(long incarnation) => new InMemoryDoor(this, incarnation);

    /// <summary>A process ended: its presence is lost for good. What it asked before and comes late is still carried out.</summary>
    /// <param name="incarnation">Its number.</param>
    public void Gone(long incarnation)
    {
        lock (_gate)
            _register.End(incarnation);
    }

    /// <summary>The connection of a process to the register broke: its presence is lost until it asks again.</summary>
    /// <param name="incarnation">Its number.</param>
    public void CutOff(long incarnation)
    {
        lock (_gate)
            _register.CutOff(incarnation);
    }

    /// <summary>The store starts anew, with all that it held: no process is present until it asks again.</summary>
    public void Restart()
    {
        lock (_gate)
            _register.Restart(_time.GetUtcNow());
    }

    /// <inheritdoc/>
    public ValueTask<string?> ReadTokenKeysAsync(CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(_tokenKeys);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryChangeTokenKeysAsync(string? expected, string keys, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!string.Equals(_tokenKeys, expected, StringComparison.Ordinal))
                return ValueTask.FromResult(false);
            _tokenKeys = keys;
            return ValueTask.FromResult(true);
        }
    }

    /// <summary>All that the store holds now.</summary>
    public InMemoryContents Contents()
    {
        lock (_gate)
            return _tables.Contents([.. _register.Grants]);
    }

    /// <inheritdoc/>
    public ValueTask<RegisterAnswer> AskAsync(RegisterRequest request, CancellationToken cancellation) =>
        ValueTask.FromResult(AskOf(request, OnlyIncarnation));

    /// <inheritdoc/>
    public void Append(AppendRequest request) => AppendOf(request, OnlyIncarnation);

    /// <inheritdoc/>
    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply)
    {
        if (_schedule is null)
            LoadNow(id, fromSnapshot, reply);
        else
            _schedule(() => LoadNow(id, fromSnapshot, reply));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> AcquireShardsAsync(CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult(_register.AcquireAll(OnlyIncarnation, _time.GetUtcNow()));
    }

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

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingTask>> ReadPendingAsync(
        string account, string region, string activity, PendingTask? after, int limit, CancellationToken cancellation) =>
        Read(tables => tables.ReadPending(account, region, activity, after, limit));

    /// <summary>Reads or changes the tables, nobody else meanwhile.</summary>
    internal T With<T>(Func<InMemoryTables, InMemoryRegister, T> act)
    {
        lock (_gate)
            return act(_tables, _register);
    }

    internal RegisterAnswer AskOf(RegisterRequest request, long incarnation)
    {
        lock (_gate)
            return _register.Ask(request, incarnation, _time.GetUtcNow());
    }

    internal void AppendOf(AppendRequest request, long incarnation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)request.Shard, (uint)ShardCount, nameof(request));
        AppendRequest.CheckTasks(request);
        if (_schedule is null)
            AppendNow(request, incarnation);
        else
            _schedule(() => AppendNow(request, incarnation));
    }

    private void AppendNow(AppendRequest request, long incarnation)
    {
        AppendOutcome outcome;
        lock (_gate)
            outcome = _tables.Append(request, incarnation);
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
