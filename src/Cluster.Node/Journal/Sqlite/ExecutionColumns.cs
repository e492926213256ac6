using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>How an execution's row is read.</summary>
internal static class ExecutionColumns
{
    /// <summary>The columns in the order that <see cref="Read"/> expects.</summary>
    public const string List =
        "e.id, e.account, e.region, e.state_machine, e.name, e.status, e.start_date, e.stop_date, e.wake_at, e.input_hash, e.definition_hash";

    /// <summary>The first column after <see cref="List"/>.</summary>
    public const int Count = 11;

    public const string ById = "SELECT " + List + ", e.name_expires_at FROM execution e WHERE e.id = ?1";

    public static ExecutionRow Read(SqliteStatement row) => new()
    {
        Id = row.Id(0),
        Account = row.Text(1),
        Region = row.Text(2),
        StateMachine = row.Text(3),
        Name = row.Text(4),
        Status = (ExecutionStatus)row.Number(5),
        StartDate = row.Number(6),
        StopDate = row.NumberOrNull(7),
        WakeAt = row.NumberOrNull(8),
        InputHash = row.Blob(9),
        DefinitionHash = row.Blob(10),
    };
}
