using System.Text;
using Cluster.Protocol.Identity;
using SQLitePCL;

namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// A prepared statement of one session. All parameters are bound before each run; parameters count from 1, columns from 0.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackLimit = 512;

    private readonly SqliteSession _session;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteSession session, sqlite3_stmt statement)
    {
        _session = session;
        _statement = statement;
    }

    public SqliteStatement Bind(int index, long value)
    {
        _session.Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, long? value)
    {
        _session.Check(value is { } number
            ? raw.sqlite3_bind_int64(_statement, index, number)
            : raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    public SqliteStatement Bind(int index, ExecutionId id)
    {
        Span<byte> bytes = stackalloc byte[ExecutionId.Size];
        id.Write(bytes);
        return Bind(index, bytes);
    }

    /// <summary>Binds a blob; SQLite takes a copy. An empty one stays a blob, where the driver would make it NULL.</summary>
    public SqliteStatement Bind(int index, ReadOnlySpan<byte> blob)
    {
        _session.Check(blob.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_statement, index, 0)
            : raw.sqlite3_bind_blob(_statement, index, blob));
        return this;
    }

    public SqliteStatement Bind(int index, string? text)
    {
        if (text is null)
        {
            _session.Check(raw.sqlite3_bind_null(_statement, index));
            return this;
        }

        if (text.Length == 0)
        {
            _session.Check(raw.sqlite3_bind_text(_statement, index, text));
            return this;
        }

        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = size <= StackLimit ? stackalloc byte[StackLimit] : new byte[size];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        _session.Check(raw.sqlite3_bind_text(_statement, index, bytes[..length]));
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Run()
    {
        Step();
        Reset();
        return _session.Changes;
    }

    /// <summary>Goes to the next row. After the last row, and after an error, the statement is reset.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        if (code != raw.SQLITE_DONE)
            _session.Check(code);
        return false;
    }

    /// <summary>Ends the run. Its own code repeats the step's, which was looked at.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public ExecutionId Id(int column) => ExecutionId.Read(raw.sqlite3_column_blob(_statement, column));

    public void Dispose() => _statement.Dispose();

    private bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;
}
