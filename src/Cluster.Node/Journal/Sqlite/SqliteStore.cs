using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// The journal in one SQLite file of the data directory. One thread writes; reads run on the thread pool, on sessions of their own. What
/// was acknowledged survives a kill of the process at any time, and, with full sync, of the machine.
/// </summary>
public sealed class SqliteStore : IExecutionJournal, IExecutionQueries, IShardRegister, ISuspectStore, ITokenKeyStore, IPendingTasks, IRetentionStore, IDisposable
{
    /// <summary>The name of the file in the data directory.</summary>
    public const string FileName = "cluster.db";

    private static readonly TimeSpan WriterBusyTimeout = TimeSpan.FromMilliseconds(100);

    private readonly DataDirectoryLock _directory;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;
    private readonly SqliteAppender _appender;
    private readonly TimeProvider _time;
    private int _disposed;

    private SqliteStore(DataDirectoryLock directory, string path, SqliteSession session, SqliteStoreOptions options)
    {
        _directory = directory;
        ClusterId = SqliteFormat.Get(session, SqliteFormat.ClusterIdKey)!;
        _time = options.Time;
        _appender = new SqliteAppender(session);
        _writer = new SqliteWriter(session, options.Time, _appender.Undone, options.Broken);
        _readers = new SqliteReaders(path, CacheSetting(options.ReaderCacheBytes));
        _writer.Start();
    }

    /// <summary>The random name of the cluster, given when the store was made.</summary>
    public string ClusterId { get; }

    /// <inheritdoc/>
    public int ShardCount => ShardRange.DefaultCount;

    /// <summary>What the writer has done since the store was opened.</summary>
    public SqliteWriterStatistics Statistics => _writer.Statistics;

    internal SqliteWriter Writer => _writer;

    internal SqliteReaders Readers => _readers;

    /// <summary>Opens the store of a data directory, which is made when there is none.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="refusal">Why it was not opened, for the person who started the process; null when it was.</param>
    /// <returns>The store, or null when the directory is in use, or its format is not for this build.</returns>
    public static SqliteStore? TryOpen(SqliteStoreOptions options, out string? refusal)
    {
        var directory = DataDirectoryLock.TryTake(options.Directory, out refusal);
        if (directory is null)
            return null;
        SqliteSession? session = null;
        try
        {
            var path = Path.Combine(options.Directory, FileName);
            session = SqliteSession.Open(path, writable: true, WriterBusyTimeout);
            if (SqliteFormat.IsNew(session))
                SqliteFormat.Create(session, options.PageSize);
            refusal = SqliteFormat.Refusal(session, path);
            if (refusal is not null)
                return null;
            SqliteFormat.Migrate(session, path);
            session.Run(options.FullSync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            session.Run(CacheSetting(options.WriterCacheBytes));
            var store = new SqliteStore(directory, path, session, options);
            session = null;
            directory = null;
            return store;
        }
        catch (SqliteFailureException e)
        {
            refusal = $"the store of data directory {options.Directory} cannot be opened: {e.Message}";
            return null;
        }
        finally
        {
            session?.Dispose();
            directory?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Append(AppendRequest request)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)request.Shard, (uint)ShardCount, nameof(request));
        AppendRequest.CheckTasks(request);
        _writer.Enqueue(new SqliteAppend(request, _appender));
    }

    /// <inheritdoc/>
    public void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply) => _readers.Run(
        session => SqliteLoad.Load(session, id, fromSnapshot),
        loaded => reply.Loaded(id, loaded),
        reason => reply.LoadFailed(id, reason));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<long>> AcquireShardsAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = new SqliteTask<IReadOnlyList<long>>(_ => _appender.AcquireShards(), ShardCount * sizeof(long));
        _writer.Enqueue(task);
        return new ValueTask<IReadOnlyList<long>>(task.Task);
    }

    /// <inheritdoc/>
    public ValueTask<ExecutionRow?> FindAsync(
        string account, string region, string stateMachine, string name, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteLists.FindByName(session, account, region, stateMachine, name), cancellation);

    /// <inheritdoc/>
    public ValueTask<ExecutionRow?> GetAsync(ExecutionId id, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteLoad.FindRow(session, id), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ExecutionRow>> ListAsync(
        string account,
        string region,
        string stateMachine,
        ExecutionStatus? status,
        ExecutionId? after,
        int limit,
        CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteLists.ByStart(session, account, region, stateMachine, status, after, limit), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, long firstHistoryId, long lastHistoryId, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteLoad.ReadRange(session, id, firstHistoryId, lastHistoryId), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, IReadOnlyList<long> historyIds, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteLoad.ReadEach(session, id, historyIds), cancellation);

    /// <inheritdoc/>
    public ValueTask<JournalRow?> ReadLastAsync(ExecutionId id, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteLoad.ReadLast(session, id), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeEntry>> ReadWakesAsync(
        int firstBucket, int lastBucket, long until, WakeEntry? after, int limit, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteLists.ByWake(session, firstBucket, lastBucket, until, after, limit), cancellation);

    /// <inheritdoc/>
    public async ValueTask BookAsync(IReadOnlyCollection<ExecutionId> ids, long incarnation, long at, CancellationToken cancellation) =>
        await WriteAsync(session => SqliteSuspects.Book(session, ids, incarnation, at), cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<QuarantinedExecution>> ReadQuarantinedAsync(
        int firstBucket, int lastBucket, ExecutionId? after, int limit, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqliteSuspects.ReadQuarantined(session, firstBucket, lastBucket, after, limit), cancellation);

    /// <inheritdoc/>
    public ValueTask<int> ReleaseAsync(ExecutionId id, CancellationToken cancellation) =>
        WriteAsync(session => SqliteSuspects.Release(session, id), cancellation);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingTask>> ReadPendingAsync(
        string account, string region, string activity, PendingTask? after, int limit, CancellationToken cancellation) =>
        _readers.RunAsync(session => SqlitePendingTasks.Read(session, account, region, activity, after, limit), cancellation);

    /// <inheritdoc/>
    public ValueTask<IRetentionTurn?> TryBeginAsync(RetentionMoment moment, CancellationToken cancellation) =>
        ValueTask.FromResult<IRetentionTurn?>(new SqliteRetention(_readers, _writer, _appender, moment));

    /// <inheritdoc/>
    public ValueTask<string?> ReadTokenKeysAsync(CancellationToken cancellation) =>
        _readers.RunAsync(SqliteTokenKeys.Read, cancellation);

    /// <inheritdoc/>
    public ValueTask<bool> TryChangeTokenKeysAsync(string? expected, string keys, CancellationToken cancellation) =>
        WriteAsync(session => SqliteTokenKeys.TryChange(session, expected, keys), cancellation);

    /// <summary>
    /// Backs the store up while it goes on: in slices on the writer's own connection, so that what it writes meanwhile is in the backup too.
    /// The backup is the store at its last commit before the end of the copy.
    /// </summary>
    /// <param name="directory">Where the backup shall be: a name that is free, or an empty directory.</param>
    /// <param name="cancellation">Ends it; then nothing is left.</param>
    public Task<BackupOutcome> BackUpAsync(string directory, CancellationToken cancellation) =>
        SqliteBackup.RunAsync(directory, _time, _writer.Enqueue, cancellation);

    /// <summary>Writes what was queued, tidies the file, closes it, and gives the directory free.</summary>
    public void Dispose()
    {
        _writer.ThrowIfCurrent();
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _readers.Close();
        _writer.Close();
        _directory.Dispose();
    }

    private ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var task = new SqliteTask<T>(write, bytes: 0);
        _writer.Enqueue(task);
        return new ValueTask<T>(task.Task);
    }

    private static string CacheSetting(int bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{bytes / 1024}");
}
