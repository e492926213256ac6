using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The journal in a PostgreSQL database. One connection writes, one speaks with the register, and reads run on others. What was acknowledged survives a kill
/// of this process and of the database at any time.
/// </summary>
public sealed class PostgresStore
    : IExecutionJournal, IExecutionQueries, IShardRegister, IClusterRegister, ISuspectStore, ITokenKeyStore, IPendingTasks, IRetentionStore,
    IDisposable
{
    private readonly AppendWriter _writer;
    private readonly NodeSession _register;
    private readonly LoadQueue _loads;
    private readonly PostgresRetention _retention;
    private readonly string _node;
    private int _disposed;

    private PostgresStore(PostgresStoreOptions options, string clusterId)
    {
        ClusterId = clusterId;
        Incarnation = Math.Max(1, BinaryPrimitives.ReadInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue);
        _register = new NodeSession(options.Address, Incarnation);
        _node = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");
        Readers = new PostgresReaders(options.Address, string.Create(CultureInfo.InvariantCulture, $"cluster reader {Incarnation:x16}"), options.Time);
        _loads = new LoadQueue(Readers);
        _retention = new PostgresRetention(options.Address, Incarnation);
        _writer = new AppendWriter(options.Address.Single(WriterSession.NameOf(Incarnation)), Incarnation, options.Time, options.Broken);
        _writer.Start();
    }

    /// <summary>The random name of the cluster, given when the tables were made.</summary>
    public string ClusterId { get; }

    /// <inheritdoc/>
    public long Incarnation { get; }

    /// <inheritdoc cref="IClusterRegister.ShardCount"/>
    public int ShardCount => ShardRange.DefaultCount;

    /// <summary>What the writer has done since the store was opened.</summary>
    public WriterStatistics Statistics => _writer.Statistics;

    internal PostgresReaders Readers { get; }

    /// <summary>Opens the store of a database whose tables <c>cluster migrate</c> has made; it never makes or changes them itself.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="refusal">Why it was not opened, for the person who started the process; null when it was.</param>
    /// <returns>The store, or null when the database cannot be reached, or its format is not for this build.</returns>
    public static PostgresStore? TryOpen(PostgresStoreOptions options, out string? refusal)
    {
        try
        {
            using var source = options.Address.Single("cluster start");
            using var connection = source.OpenConnection();
            var format = PostgresFormat.Read(connection);
            refusal = format.Refusal(options.Address.ToString());
            return refusal is null ? new PostgresStore(options, format.ClusterId) : null;
        }
        catch (Exception e) when (PostgresFailures.IsOfDatabase(e))
        {
            refusal = $"the store {options.Address} cannot be opened: {e.Message}";
            return null;
        }
    }

    /// <inheritdoc/>
    public void Append(AppendRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)request.Shard, (uint)ShardCount, nameof(request));
        AppendRequest.CheckTasks(request);
        if (request.Name is null != request.NewExecution is null)
            throw new ArgumentException("A start takes a name and makes a row, or neither.", nameof(request));
        _writer.Enqueue(request);
    }

    /// <inheritdoc/>
    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => _loads.Add(new LoadRequest(id, fromSnapshot, reply));

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<long>> AcquireShardsAsync(CancellationToken cancellation)
    {
        var taken = await _register.RunAsync(
            (connection, stop) => RegisterStatements.TakeAllAsync(connection, Incarnation, _node, stop), cancellation).ConfigureAwait(false);
        return [.. taken.Select(shard => shard.Epoch)];
    }

    /// <inheritdoc/>
    public ValueTask<RegisterAnswer> AskAsync(RegisterRequest request, CancellationToken cancellation) =>
        _register.AskAsync(request, cancellation);

    /// <inheritdoc/>
    public ValueTask<ExecutionRow?> FindAsync(
        string account, string region, string stateMachine, string name, CancellationToken cancellation) => Readers.ReadAsync(
            (connection, stop) => PostgresLists.FindByNameAsync(connection, account, region, stateMachine, name, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<ExecutionRow?> GetAsync(ExecutionId id, CancellationToken cancellation) =>
        Readers.ReadAsync((connection, stop) => PostgresLoad.FindRowAsync(connection, id, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionRow>> ListAsync(
        string account,
        string region,
        string stateMachine,
        ExecutionStatus? status,
        ExecutionId? after,
        int limit,
        CancellationToken cancellation) => Readers.ReadAsync(
            (connection, stop) => PostgresLists.ByStartAsync(connection, account, region, stateMachine, status, after, limit, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, long firstHistoryId, long lastHistoryId, CancellationToken cancellation) => Readers.ReadAsync(
            (connection, stop) => PostgresLoad.ReadRangeAsync(connection, id, firstHistoryId, lastHistoryId, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, IReadOnlyList<long> historyIds, CancellationToken cancellation) =>
        Readers.ReadAsync((connection, stop) => PostgresLoad.ReadEachAsync(connection, id, historyIds, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<JournalRow?> ReadLastAsync(ExecutionId id, CancellationToken cancellation) =>
        Readers.ReadAsync((connection, stop) => PostgresLoad.ReadLastAsync(connection, id, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeEntry>> ReadWakesAsync(
        int firstBucket, int lastBucket, long until, WakeEntry? after, int limit, CancellationToken cancellation) => Readers.ReadAsync(
            (connection, stop) => PostgresLists.ByWakeAsync(connection, firstBucket, lastBucket, until, after, limit, stop), cancellation);

    /// <inheritdoc/>
    public async ValueTask BookAsync(IReadOnlyCollection<ExecutionId> ids, long incarnation, long at, CancellationToken cancellation) =>
        await Readers.WriteAsync(
            (connection, stop) => PostgresSuspects.BookAsync(connection, ids, incarnation, at, stop), cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QuarantinedExecution>> ReadQuarantinedAsync(
        int firstBucket, int lastBucket, ExecutionId? after, int limit, CancellationToken cancellation) => Readers.ReadAsync(
            (connection, stop) => PostgresSuspects.ReadQuarantinedAsync(connection, firstBucket, lastBucket, after, limit, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<int> ReleaseAsync(ExecutionId id, CancellationToken cancellation) =>
        Readers.WriteAsync((connection, stop) => PostgresSuspects.ReleaseAsync(connection, id, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingTask>> ReadPendingAsync(
        string account, string region, string activity, PendingTask? after, int limit, CancellationToken cancellation) => Readers.ReadAsync(
            (connection, stop) => PostgresPendingTasks.ReadAsync(connection, account, region, activity, after, limit, stop), cancellation);

    /// <inheritdoc/>
    public ValueTask<IRetentionTurn?> TryBeginAsync(RetentionMoment moment, CancellationToken cancellation) =>
        _retention.TryBeginAsync(moment, cancellation);

    /// <inheritdoc/>
    public ValueTask<string?> ReadTokenKeysAsync(CancellationToken cancellation) => Readers.ReadAsync(PostgresTokenKeys.ReadAsync, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> TryChangeTokenKeysAsync(string? expected, string keys, CancellationToken cancellation) => Readers.WriteAsync(
        (connection, stop) => PostgresTokenKeys.TryChangeAsync(connection, expected, keys, stop), cancellation);

    /// <summary>Writes what was queued, leaves the register, and closes all connections.</summary>
    public void Dispose()
    {
        _writer.ThrowIfCurrent();
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _writer.Close();
        Leave();
        _register.Dispose();
        _retention.Dispose();
        Readers.Dispose();
    }

    /// <summary>
    /// A node that ends without a word is found out by whoever takes its shards; this only spares them the wait. When the database cannot be
    /// asked now, it is left undone.
    /// </summary>
    private void Leave()
    {
        try
        {
            _register.RunAsync(
                (connection, stop) => RegisterStatements.ForgetLedgerAsync(connection, Incarnation, stop), CancellationToken.None)
                .AsTask().GetAwaiter().GetResult();
        }
        catch (StoreUnavailableException)
        {
            return;
        }

        AskAsync(new RegisterRequest.Leave(Incarnation), CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }
}
