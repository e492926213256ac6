using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>The table of tasks that wait for a worker, as it is read. Its key is all that it has, in the order in which it is read.</summary>
internal static class PostgresPendingTasks
{
    private const string Page = """
        SELECT execution_id, scope, visit, attempt, scheduled_at FROM pending_task
        WHERE account = $1 AND region = $2 AND activity = $3
            AND (scheduled_at, execution_id, scope, visit, attempt) > ($4, $5, $6, $7, $8)
        ORDER BY scheduled_at, execution_id, scope, visit, attempt LIMIT $9
        """;

    /// <summary>A page of the tasks of an activity, the oldest first.</summary>
    public static Task<IReadOnlyList<PendingTask>> ReadAsync(
        NpgsqlConnection connection, string account, string region, string activity, PendingTask? after, int limit, CancellationToken cancellation) =>
        PostgresLists.ReadAsync(
            connection.Command(
                Page,
                PostgresCommands.Of(account),
                PostgresCommands.Of(region),
                PostgresCommands.Of(activity),
                PostgresCommands.Of(after?.ScheduledAt ?? long.MinValue),
                PostgresCommands.Of(after?.Id ?? default),
                PostgresCommands.Of(after?.Scope ?? ""),
                PostgresCommands.Of(after?.Visit ?? 0),
                PostgresCommands.Of(after?.Attempt ?? 0),
                PostgresCommands.Of(limit)),
            row => new PendingTask(
                account, region, activity, row.Id(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3), row.GetInt64(4)),
            cancellation);
}
