using System.Text;
using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>Lists executions within a read transaction, each time by walking an index from where the page begins.</summary>
internal static class SqliteLists
{
    private static readonly ExecutionId Newest = new(ulong.MaxValue, ulong.MaxValue);

    internal static readonly string OfStatus = ListOf(["?6"]);
    internal static readonly string OfAll = ListOf(["0", "1", "2", "3", "4"]);

    internal const string Wakes = $"""
        SELECT id, wake_at FROM execution
        WHERE bucket / 64 = ?1 AND wake_at IS NOT NULL AND wake_at <= ?2 AND (wake_at, id) > (?3, ?4) AND bucket BETWEEN ?5 AND ?6
        ORDER BY wake_at, id LIMIT ?7
        """;

    /// <summary>The execution that has a name, or null.</summary>
    public static ExecutionRow? FindByName(SqliteSession session, string account, string region, string stateMachine, string name)
    {
        var find = session.Prepared("SELECT " + ExecutionColumns.List + """
             FROM name n JOIN execution e ON e.id = n.execution_id
            WHERE n.account = ?1 AND n.region = ?2 AND n.state_machine = ?3 AND n.name = ?4
            """).Bind(1, account).Bind(2, region).Bind(3, stateMachine).Bind(4, name);
        var row = find.Step() ? ExecutionColumns.Read(find) : null;
        find.Reset();
        return row;
    }

    /// <summary>A page of a machine's executions, newest first.</summary>
    public static IReadOnlyList<ExecutionRow> ByStart(
        SqliteSession session,
        string account,
        string region,
        string stateMachine,
        ExecutionStatus? status,
        ExecutionId? after,
        int limit)
    {
        var list = session.Prepared(status is null ? OfAll : OfStatus)
            .Bind(1, account).Bind(2, region).Bind(3, stateMachine).Bind(4, after ?? Newest).Bind(5, limit);
        if (status is { } only)
            list.Bind(6, (long)only);
        var rows = new List<ExecutionRow>();
        while (list.Step())
            rows.Add(ExecutionColumns.Read(list));
        return rows;
    }

    /// <summary>A page of the executions to wake, earliest first.</summary>
    public static IReadOnlyList<WakeEntry> ByWake(
        SqliteSession session, int firstBucket, int lastBucket, long until, WakeEntry? after, int limit)
    {
        var entries = new List<WakeEntry>();
        var list = session.Prepared(Wakes);
        var firstShard = ShardRange.IndexOf(firstBucket, ShardRange.DefaultCount);
        var lastShard = ShardRange.IndexOf(lastBucket, ShardRange.DefaultCount);
        for (var shard = firstShard; shard <= lastShard; shard++)
        {
            list.Bind(1, shard).Bind(2, until).Bind(3, after?.WakeAt ?? long.MinValue).Bind(4, after?.Id ?? default)
                .Bind(5, firstBucket).Bind(6, lastBucket).Bind(7, limit);
            while (list.Step())
                entries.Add(new WakeEntry(list.Id(0), list.Number(1)));
        }

        if (firstShard == lastShard)
            return entries;
        return [.. entries.OrderBy(entry => entry.WakeAt).ThenBy(entry => entry.Id).Take(limit)];
    }

    /// <summary>One walk of the listing index for each status, merged as they go: SQLite reads no further than the page.</summary>
    private static string ListOf(string[] statuses)
    {
        var sql = new StringBuilder();
        foreach (var status in statuses)
        {
            if (sql.Length > 0)
                sql.Append(" UNION ALL ");
            sql.Append("SELECT ").Append(ExecutionColumns.List).Append(" FROM execution e INDEXED BY execution_list")
                .Append(" WHERE e.account = ?1 AND e.region = ?2 AND e.state_machine = ?3 AND e.id < ?4 AND e.status = ").Append(status);
        }

        return sql.Append(" ORDER BY 1 DESC LIMIT ?5").ToString();
    }
}
