using System.Globalization;
using Cluster.Node.Database.Postgres;
using Cluster.Protocol.Identity;
using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>The table of suspects in SQL. It is empty almost always, and short otherwise.</summary>
internal static class PostgresSuspects
{
    /// <summary>In how many lives a process ended while it worked for an execution <c>e</c>.</summary>
    public const string CrashesOf = "(SELECT count(*) FROM suspect c WHERE c.execution_id = e.id)";

    /// <summary>Whether the execution of a wish <c>w</c> is not quarantined.</summary>
    public static readonly string IsFree = string.Create(
        CultureInfo.InvariantCulture, $"(SELECT count(*) < {ISuspectStore.Crashes} FROM suspect c WHERE c.execution_id = w.id)");

    /// <summary>Who has ended and need not be woken, is gone, or was suspected too seldom and too long ago.</summary>
    private const string Forget = """
        DELETE FROM suspect WHERE execution_id IN (
            SELECT s.execution_id FROM suspect s LEFT JOIN execution e ON e.id = s.execution_id
            GROUP BY s.execution_id, e.id
            HAVING e.id IS NULL OR (e.status <> 0 AND e.wake_at IS NULL) OR (count(*) < $1 AND max(s.at) < to_timestamp($2 / 1000.0)))
        """;

    private const string Insert = """
        INSERT INTO suspect (execution_id, incarnation, at)
        SELECT e.id, $2, to_timestamp($3 / 1000.0) FROM unnest($1) AS wanted (id) JOIN execution e ON e.id = wanted.id
        ON CONFLICT DO NOTHING
        """;

    private const string Quarantined = "SELECT " + ExecutionColumns.List + """
        , s.crashes, (extract(epoch FROM s.since) * 1000)::bigint FROM
        (SELECT execution_id, count(*) AS crashes, max(at) AS since FROM suspect
            WHERE execution_id > $1 GROUP BY execution_id HAVING count(*) >= $4) AS s
        JOIN execution e ON e.id = s.execution_id
        WHERE e.bucket BETWEEN $2 AND $3 ORDER BY e.id LIMIT $5
        """;

    /// <summary>Books executions, all or none of them; how many rows changed.</summary>
    public static async Task<int> BookAsync(
        NpgsqlConnection connection, IReadOnlyCollection<ExecutionId> ids, long incarnation, long at, CancellationToken cancellation)
    {
        var wanted = new NpgsqlParameter<Guid[]>
        {
            TypedValue = [.. ids.Select(PostgresCommands.ToUuid)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
        };
        var batch = new NpgsqlBatch(connection)
            .With(Forget, PostgresCommands.Of(ISuspectStore.Crashes), PostgresCommands.Of(at - (long)ISuspectStore.Memory.TotalMilliseconds))
            .With(Insert, wanted, PostgresCommands.Of(incarnation), PostgresCommands.Of(at));
        await using (batch.ConfigureAwait(false))
            return await batch.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>A page of the quarantined executions, by id.</summary>
    public static Task<IReadOnlyList<QuarantinedExecution>> ReadQuarantinedAsync(
        NpgsqlConnection connection, int firstBucket, int lastBucket, ExecutionId? after, int limit, CancellationToken cancellation) =>
        PostgresLists.ReadAsync(
            connection.Command(
                Quarantined,
                PostgresCommands.Of(after ?? default),
                PostgresCommands.Of(firstBucket),
                PostgresCommands.Of(lastBucket),
                PostgresCommands.Of(ISuspectStore.Crashes),
                PostgresCommands.Of(limit)),
            static row => new QuarantinedExecution(
                ExecutionColumns.Read(row), (int)row.GetInt64(ExecutionColumns.Count), row.GetInt64(ExecutionColumns.Count + 1)),
            cancellation);

    /// <summary>Forgets an execution's crashes; how many there were.</summary>
    public static async Task<int> ReleaseAsync(NpgsqlConnection connection, ExecutionId id, CancellationToken cancellation)
    {
        var delete = connection.Command("DELETE FROM suspect WHERE execution_id = $1", PostgresCommands.Of(id));
        await using (delete.ConfigureAwait(false))
            return await delete.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }
}
