using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Errors;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// The store of a data directory or a backup that nobody has open, for a look that changes nothing. A file that is damaged may throw
/// <see cref="DamagedException"/> from any member.
/// </summary>
public sealed class SqliteAtRest : IDisposable
{
    /// <summary>Pages of the file that are kept in memory, in bytes.</summary>
    private const int CacheBytes = 32 * 1024 * 1024;

    /// <summary>What SQLite's own check tells at most.</summary>
    private const int MostDamages = 100;

    private readonly DataDirectoryLock? _held;
    private readonly SqliteSession _session;
    private readonly SqliteKnowledge _knows;

    private SqliteAtRest(DataDirectoryLock? held, SqliteSession session)
    {
        _held = held;
        _session = session;
        _knows = SqliteKnowledge.Of(session);
    }

    /// <summary>The executions, and all that hangs on them.</summary>
    public long Executions => Count("execution");

    /// <summary>Names that are taken.</summary>
    public long Names => Count("name");

    /// <summary>Tasks that wait for a worker.</summary>
    public long Tasks => _knows.Tasks ? Count("pending_task") : 0;

    /// <summary>Definitions.</summary>
    public long Definitions => Count("definition");

    /// <summary>State machines.</summary>
    public long Machines => Count("state_machine");

    /// <summary>Opens the store of a directory.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="refusal">Why it was not opened, for a person; null when it was.</param>
    public static SqliteAtRest? TryOpen(string directory, out string? refusal)
    {
        var path = Path.Combine(directory, SqliteStore.FileName);
        if (!File.Exists(path))
        {
            refusal = $"there is no {SqliteStore.FileName} in {directory}";
            return null;
        }

        var held = DataDirectoryLock.TryHold(directory, out refusal);
        if (refusal is not null)
            return null;
        SqliteSession? session = null;
        try
        {
            session = SqliteSession.OpenAtRest(path);
            refusal = SqliteFormat.RefusalAtRest(session, path);
            if (refusal is not null)
                return null;
            session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{CacheBytes / 1024}"));
            session.BeginRead();
            var opened = new SqliteAtRest(held, session);
            session = null;
            held = null;
            return opened;
        }
        catch (SqliteFailureException e)
        {
            refusal = $"{path} cannot be read: {e.Message}";
            return null;
        }
        finally
        {
            session?.Dispose();
            held?.Dispose();
        }
    }

    /// <summary>What SQLite finds wrong with its own file: pages, indexes against tables, keys that stand twice. Empty when all is well.</summary>
    public IEnumerable<string> Damages()
    {
        var check = _session.Prepared(string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({MostDamages})"));
        while (Step(check))
        {
            if (check.Text(0) is var told && !string.Equals(told, "ok", StringComparison.Ordinal))
                yield return told;
        }
    }

    /// <summary>Shows all executions.</summary>
    public void Visit(IStoreVisitor visitor)
    {
        try
        {
            new SqliteWalk(_session, visitor, _knows).Run();
        }
        catch (SqliteFailureException e)
        {
            throw new DamagedException(e.Message, e);
        }
    }

    /// <summary>The definitions by the hash that is stored with them, and those that machines name and that are not there, without text.</summary>
    public IEnumerable<KeyValuePair<byte[], string?>> ReadDefinitions()
    {
        var read = _session.Prepared("""
            SELECT hash, text FROM definition
            UNION ALL
            SELECT DISTINCT definition_hash, NULL FROM state_machine WHERE definition_hash NOT IN (SELECT hash FROM definition)
            """);
        while (Step(read))
            yield return new(read.Blob(0), read.TextOrNull(1));
    }

    /// <summary>The text of a definition, or null.</summary>
    public string? FindDefinition(ReadOnlyMemory<byte> hash)
    {
        var find = _session.Prepared("SELECT text FROM definition WHERE hash = ?1").Bind(1, hash.Span);
        var text = Step(find) ? find.Text(0) : null;
        find.Reset();
        return text;
    }

    /// <summary>
    /// Names that lead to no execution, unless it was removed before its name, or to one of another name, and open executions that have lost
    /// theirs.
    /// </summary>
    public IEnumerable<string> WrongNames()
    {
        var sql = $"""
            SELECT n.name, n.state_machine, n.execution_id, e.id IS NULL FROM name n LEFT JOIN execution e ON e.id = n.execution_id
            WHERE e.id IS NULL {(_knows.Removal ? "AND n.expires_at IS NULL" : "")} OR e.name <> n.name OR e.state_machine <> n.state_machine OR e.account <> n.account OR e.region <> n.region
            """;
        const string Lost = """
            SELECT e.name, e.state_machine, e.id FROM execution e
            LEFT JOIN name n ON n.account = e.account AND n.region = e.region AND n.state_machine = e.state_machine AND n.name = e.name
            WHERE e.status = 0 AND (n.execution_id IS NULL OR n.execution_id <> e.id)
            """;
        var wrong = _session.Prepared(sql);
        while (Step(wrong))
        {
            yield return $"name {wrong.Text(0)} of {wrong.Text(1)} leads to {Convert.ToHexStringLower(wrong.Blob(2))}, "
                + (wrong.Number(3) != 0 ? "which is not there" : "which has another name");
        }

        var lost = _session.Prepared(Lost);
        while (Step(lost))
            yield return $"execution {Convert.ToHexStringLower(lost.Blob(2))} is open, and its name {lost.Text(0)} of {lost.Text(1)} does not lead to it";
    }

    /// <summary>Closes the file and lets others have the directory.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _held?.Dispose();
    }

    private long Count(string table)
    {
        try
        {
            return _session.ReadNumber("SELECT count(*) FROM " + table) ?? 0;
        }
        catch (SqliteFailureException e)
        {
            throw new DamagedException(e.Message, e);
        }
    }

    private static bool Step(SqliteStatement statement)
    {
        try
        {
            return statement.Step();
        }
        catch (SqliteFailureException e)
        {
            throw new DamagedException(e.Message, e);
        }
    }
}
