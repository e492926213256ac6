using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>The table of suspects in SQL. It is empty almost always, and short otherwise.</summary>
internal static class SqliteSuspects
{
    private const string Count = "SELECT count(*) FROM suspect WHERE execution_id = ?1";

    private const string Insert = """
        INSERT OR IGNORE INTO suspect SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM execution WHERE id = ?1)
        """;

    /// <summary>Who has ended and need not be woken, is gone, or was suspected too seldom and too long ago.</summary>
    private const string Forget = """
        DELETE FROM suspect WHERE execution_id IN (
            SELECT s.execution_id FROM suspect s LEFT JOIN execution e ON e.id = s.execution_id
            GROUP BY s.execution_id
            HAVING e.id IS NULL OR (e.status <> 0 AND e.wake_at IS NULL) OR (count(*) < ?1 AND max(s.at) < ?2))
        """;

    private const string Quarantined = "SELECT " + ExecutionColumns.List + """
        , count(*), max(s.at) FROM suspect s JOIN execution e ON e.id = s.execution_id
        WHERE s.execution_id > ?1 AND e.bucket BETWEEN ?2 AND ?3
        GROUP BY s.execution_id HAVING count(*) >= ?4 ORDER BY s.execution_id LIMIT ?5
        """;

    /// <summary>In how many lives a process ended while it worked for an execution.</summary>
    public static int CrashesOf(SqliteSession session, ExecutionId id)
    {
        var count = session.Prepared(Count).Bind(1, id);
        count.Step();
        var crashes = (int)count.Number(0);
        count.Reset();
        return crashes;
    }

    /// <summary>Books executions; how many rows that made.</summary>
    public static int Book(SqliteSession session, IReadOnlyCollection<ExecutionId> ids, long incarnation, long at)
    {
        session.Prepared(Forget).Bind(1, ISuspectStore.Crashes).Bind(2, at - (long)ISuspectStore.Memory.TotalMilliseconds).Run();
        return ids.Sum(id => session.Prepared(Insert).Bind(1, id).Bind(2, incarnation).Bind(3, at).Run());
    }

    /// <summary>A page of the quarantined executions, by id.</summary>
    public static IReadOnlyList<QuarantinedExecution> ReadQuarantined(
        SqliteSession session, int firstBucket, int lastBucket, ExecutionId? after, int limit)
    {
        var read = session.Prepared(Quarantined)
            .Bind(1, after ?? default).Bind(2, firstBucket).Bind(3, lastBucket).Bind(4, ISuspectStore.Crashes).Bind(5, limit);
        var found = new List<QuarantinedExecution>();
        while (read.Step())
        {
            found.Add(new QuarantinedExecution(
                ExecutionColumns.Read(read), (int)read.Number(ExecutionColumns.Count), read.Number(ExecutionColumns.Count + 1)));
        }

        return found;
    }

    /// <summary>Forgets an execution's crashes; how many there were.</summary>
    public static int Release(SqliteSession session, ExecutionId id) =>
        session.Prepared("DELETE FROM suspect WHERE execution_id = ?1").Bind(1, id).Run();
}
