using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>The table of tasks that wait for a worker in SQL. Its key is all that it has, in the order in which it is read.</summary>
internal static class SqlitePendingTasks
{
    /// <summary>The columns in the order that <see cref="Read(SqliteStatement, int)"/> expects.</summary>
    public const string Columns = "account, region, activity, scheduled_at, execution_id, scope, visit, attempt";

    public const string Offer = "INSERT OR IGNORE INTO pending_task VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

    public const string Withdraw = """
        DELETE FROM pending_task WHERE account = ?1 AND region = ?2 AND activity = ?3 AND scheduled_at = ?4
            AND execution_id = ?5 AND scope = ?6 AND visit = ?7 AND attempt = ?8
        """;

    internal const string First = "SELECT " + Columns + """
         FROM pending_task WHERE account = ?1 AND region = ?2 AND activity = ?3
        ORDER BY scheduled_at, execution_id, scope, visit, attempt LIMIT ?4
        """;

    internal const string After = "SELECT " + Columns + """
         FROM pending_task WHERE account = ?1 AND region = ?2 AND activity = ?3
            AND (scheduled_at, execution_id, scope, visit, attempt) > (?4, ?5, ?6, ?7, ?8)
        ORDER BY scheduled_at, execution_id, scope, visit, attempt LIMIT ?9
        """;

    /// <summary>Binds a task as the first eight parameters.</summary>
    public static SqliteStatement Bind(SqliteStatement statement, PendingTask task) => statement
        .Bind(1, task.Account)
        .Bind(2, task.Region)
        .Bind(3, task.Activity)
        .Bind(4, task.ScheduledAt)
        .Bind(5, task.Id)
        .Bind(6, task.Scope)
        .Bind(7, task.Visit)
        .Bind(8, task.Attempt);

    /// <summary>A page of the tasks of an activity, the oldest first.</summary>
    public static IReadOnlyList<PendingTask> Read(
        SqliteSession session, string account, string region, string activity, PendingTask? after, int limit)
    {
        var read = after is null
            ? session.Prepared(First).Bind(1, account).Bind(2, region).Bind(3, activity).Bind(4, limit)
            : Bind(session.Prepared(After), after with { Account = account, Region = region, Activity = activity }).Bind(9, limit);
        var tasks = new List<PendingTask>();
        while (read.Step())
            tasks.Add(Read(read, first: 0));
        return tasks;
    }

    /// <summary>The task of a row, whose columns begin at a given one.</summary>
    public static PendingTask Read(SqliteStatement row, int first) => new(
        row.Text(first),
        row.Text(first + 1),
        row.Text(first + 2),
        row.Id(first + 4),
        row.Text(first + 5),
        row.Number(first + 6),
        (int)row.Number(first + 7),
        row.Number(first + 3));
}
