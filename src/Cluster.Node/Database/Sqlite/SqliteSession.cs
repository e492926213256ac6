using System.Diagnostics.CodeAnalysis;
using SQLitePCL;

namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// One connection to a SQLite file with its prepared statements. One thread at a time uses it. No session checkpoints on its own: only
/// the writer does, by its rule, because this SQLite's checkpoints race between connections.
/// </summary>
internal sealed class SqliteSession : IDisposable
{
    private const int OpenByUri = 0x40;
    private const int NoCheckpointOnClose = 1006;
    private const int CacheHitStatus = 7;
    private const int CacheMissStatus = 8;
    private const int CacheWriteStatus = 9;

    private readonly sqlite3 _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    static SqliteSession()
    {
        Batteries_V2.Init();

        // Nobody asks SQLite how much memory it uses, and counting it takes a lock of the whole process at every allocation.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private SqliteSession(sqlite3 connection) => _connection = connection;

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    /// <summary>How many rows the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(_connection);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="writable">Whether to write, which also makes the file when there is none.</param>
    /// <param name="busyTimeout">How long a call waits for another connection.</param>
    public static SqliteSession Open(string path, bool writable, TimeSpan busyTimeout) =>
        Open(path, writable ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY, busyTimeout);

    /// <summary>
    /// Opens a file that nobody else has open, together with its log, for a look that changes neither and leaves nothing beside them: the
    /// index of the log is in memory, and closing does not copy the log. The file may be damaged, so nothing in it is trusted.
    /// </summary>
    public static SqliteSession OpenAtRest(string path)
    {
        var log = new FileInfo(path + "-wal");
        if (!log.Exists || log.Length == 0)
            return Distrust(Open(Immutable(path), raw.SQLITE_OPEN_READONLY | OpenByUri, TimeSpan.Zero));

        // A log is read only by a connection that could write; that it does not is said to it before it has read anything.
        var session = Open(path, raw.SQLITE_OPEN_READWRITE, TimeSpan.Zero);
        try
        {
            session.Check(raw.sqlite3_db_config(session._connection, NoCheckpointOnClose, 1, out _));
            session.Run("PRAGMA query_only = ON");
            session.Run("PRAGMA locking_mode = EXCLUSIVE");
            return Distrust(session);
        }
        catch (SqliteFailureException)
        {
            session.Dispose();
            throw;
        }
    }

    private static string Immutable(string path) =>
        "file://" + string.Join('/', Path.GetFullPath(path).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)) + "?immutable=1";

    private static SqliteSession Distrust(SqliteSession session)
    {
        session.Run("PRAGMA trusted_schema = OFF");
        session.Run("PRAGMA cell_size_check = ON");
        return session;
    }

    private static SqliteSession Open(string path, int flags, TimeSpan busyTimeout)
    {
        flags |= raw.SQLITE_OPEN_NOMUTEX;
        var code = raw.sqlite3_open_v2(path, out var connection, flags, null);
        var session = new SqliteSession(connection);
        try
        {
            session.Check(code);
            session.Check(raw.sqlite3_busy_timeout(connection, (int)busyTimeout.TotalMilliseconds));
            session.Check(raw.sqlite3_wal_autocheckpoint(connection, 0));
            return session;
        }
        catch (SqliteFailureException)
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>A statement that the session keeps prepared.</summary>
    public SqliteStatement Prepared(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
            return known;
        Check(raw.sqlite3_prepare_v2(_connection, sql, out var handle));
        var statement = new SqliteStatement(this, handle);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs statements that are not kept.</summary>
    public void Run(string sql) => Check(raw.sqlite3_exec(_connection, sql));

    /// <summary>The first column of the first row as a number, or null without a row.</summary>
    public long? ReadNumber(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection, sql, out var handle));
        using var statement = new SqliteStatement(this, handle);
        return statement.Step() ? statement.Number(0) : null;
    }

    /// <summary>The first column of the first row as text, or null without a row.</summary>
    public string? ReadText(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_connection, sql, out var handle));
        using var statement = new SqliteStatement(this, handle);
        return statement.Step() ? statement.TextOrNull(0) : null;
    }

    /// <summary>Begins a transaction that may write.</summary>
    public void BeginWrite() => Prepared("BEGIN IMMEDIATE").Run();

    /// <summary>Begins a transaction that sees one state of the store.</summary>
    public void BeginRead() => Prepared("BEGIN").Run();

    /// <summary>Commits. With synchronous=FULL it is durable when this returns.</summary>
    public void Commit() => Prepared("COMMIT").Run();

    /// <summary>Undoes the open transaction, if there is one still: some failures have undone it already.</summary>
    public void Undo()
    {
        if (InTransaction)
            Prepared("ROLLBACK").Run();
    }

    /// <summary>How many pages this session has written since the last call; in WAL mode these are frames of the log.</summary>
    public int TakePagesWritten()
    {
        Check(raw.sqlite3_db_status(_connection, CacheWriteStatus, out var pages, out _, 1));
        return pages;
    }

    /// <summary>How many pages this session has looked at since the last call.</summary>
    public int TakePagesRead()
    {
        Check(raw.sqlite3_db_status(_connection, CacheHitStatus, out var hits, out _, 1));
        Check(raw.sqlite3_db_status(_connection, CacheMissStatus, out var misses, out _, 1));
        return hits + misses;
    }

    /// <summary>Copies the log into the file, as far as readers let it.</summary>
    /// <param name="mode">A mode of <c>sqlite3_wal_checkpoint_v2</c>.</param>
    /// <param name="frames">The frames in the log.</param>
    /// <param name="copied">How many of them are in the file now.</param>
    /// <returns>The result code: 0, or why it did not finish.</returns>
    public int Checkpoint(int mode, out int frames, out int copied) =>
        raw.sqlite3_wal_checkpoint_v2(_connection, "main", mode, out frames, out copied);

    /// <summary>Begins a copy of this session's file into another's, which must be empty.</summary>
    public sqlite3_backup CopyInto(SqliteSession target)
    {
        var copy = raw.sqlite3_backup_init(target._connection, "main", _connection, "main");
        if (copy is null || copy.IsInvalid)
            target.Fail(raw.SQLITE_ERROR);
        return copy!;
    }

    /// <summary>Throws with what the session says of its last call.</summary>
    /// <param name="code">The code when it says nothing.</param>
    [DoesNotReturn]
    public void Fail(int code)
    {
        var told = raw.sqlite3_extended_errcode(_connection);
        throw told == raw.SQLITE_OK
            ? new SqliteFailureException(code, raw.sqlite3_errstr(code).utf8_to_string())
            : new SqliteFailureException(told, raw.sqlite3_errmsg(_connection).utf8_to_string());
    }

    /// <summary>Throws when a result code is an error.</summary>
    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw new SqliteFailureException(raw.sqlite3_extended_errcode(_connection), raw.sqlite3_errmsg(_connection).utf8_to_string());
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
        _statements.Clear();
        _connection.Dispose();
    }
}
