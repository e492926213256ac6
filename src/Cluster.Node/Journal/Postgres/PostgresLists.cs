using System.Text;
using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>Lists executions, each time by walking an index from where the page begins.</summary>
internal static class PostgresLists
{
    private static readonly ExecutionId Newest = new(ulong.MaxValue, ulong.MaxValue);

    private const string ByName = "SELECT " + ExecutionColumns.List + """
         FROM name n JOIN execution e ON e.id = n.execution_id
        WHERE n.account = $1 AND n.region = $2 AND n.state_machine = $3 AND n.name = $4
        """;

    private static readonly string OfStatus = ListOf(["$6"]);
    private static readonly string OfAll = ListOf(["0", "1", "2", "3", "4"]);

    /// <summary>One walk of the wake index for each shard of the range, merged.</summary>
    private const string Wakes = """
        SELECT w.id, w.wake_at FROM generate_series($1 / 64, $2 / 64) AS shard (nr) CROSS JOIN LATERAL
            (SELECT e.id, e.wake_at FROM execution e
            WHERE e.bucket / 64 = shard.nr AND e.wake_at IS NOT NULL AND e.wake_at <= $3 AND (e.wake_at, e.id) > ($4, $5)
                AND e.bucket BETWEEN $1 AND $2
            ORDER BY e.wake_at, e.id LIMIT $6) AS w
        ORDER BY w.wake_at, w.id LIMIT $6
        """;

    /// <summary>The execution that has a name, or null.</summary>
    public static async Task<ExecutionRow?> FindByNameAsync(
        NpgsqlConnection connection, string account, string region, string stateMachine, string name, CancellationToken cancellation)
    {
        var rows = await ReadAsync(
            connection.Command(
                ByName, PostgresCommands.Of(account), PostgresCommands.Of(region), PostgresCommands.Of(stateMachine), PostgresCommands.Of(name)),
            static row => ExecutionColumns.Read(row),
            cancellation).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>A page of a machine's executions, newest first.</summary>
    public static Task<IReadOnlyList<ExecutionRow>> ByStartAsync(
        NpgsqlConnection connection,
        string account,
        string region,
        string stateMachine,
        ExecutionStatus? status,
        ExecutionId? after,
        int limit,
        CancellationToken cancellation)
    {
        var list = connection.Command(
            status is null ? OfAll : OfStatus,
            PostgresCommands.Of(account),
            PostgresCommands.Of(region),
            PostgresCommands.Of(stateMachine),
            PostgresCommands.Of(after ?? Newest),
            PostgresCommands.Of((long)limit));
        if (status is { } only)
            list.Parameters.Add(PostgresCommands.Of((int)only));
        return ReadAsync(list, static row => ExecutionColumns.Read(row), cancellation);
    }

    /// <summary>A page of the executions to wake, earliest first.</summary>
    public static Task<IReadOnlyList<WakeEntry>> ByWakeAsync(
        NpgsqlConnection connection, int firstBucket, int lastBucket, long until, WakeEntry? after, int limit, CancellationToken cancellation) =>
        ReadAsync(
            connection.Command(
                Wakes,
                PostgresCommands.Of(firstBucket),
                PostgresCommands.Of(lastBucket),
                PostgresCommands.Of(until),
                PostgresCommands.Of(after?.WakeAt ?? long.MinValue),
                PostgresCommands.Of(after?.Id ?? default),
                PostgresCommands.Of((long)limit)),
            static row => new WakeEntry(row.Id(0), row.GetInt64(1)),
            cancellation);

    /// <summary>All rows of a command, which is disposed of.</summary>
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var rows = new List<T>();
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                    rows.Add(read(reader));
                return rows;
            }
        }
    }

    /// <summary>One walk of the listing index for each status, merged: each reads no further than the page.</summary>
    private static string ListOf(string[] statuses)
    {
        var sql = new StringBuilder();
        foreach (var status in statuses)
        {
            if (sql.Length > 0)
                sql.Append(" UNION ALL ");
            sql.Append("(SELECT ").Append(ExecutionColumns.List).Append(" FROM execution e")
                .Append(" WHERE e.account = $1 AND e.region = $2 AND e.state_machine = $3 AND e.id < $4 AND e.status = ").Append(status)
                .Append(" ORDER BY e.id DESC LIMIT $5)");
        }

        return $"SELECT * FROM ({sql}) AS page ORDER BY id DESC LIMIT $5";
    }
}
