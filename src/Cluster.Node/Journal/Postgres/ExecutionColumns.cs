using Cluster.Node.Database.Postgres;
using Npgsql;

namespace Cluster.Node.Journal.Postgres;

/// <summary>How an execution's row is read.</summary>
internal static class ExecutionColumns
{
    /// <summary>The columns in the order that <see cref="Read"/> expects.</summary>
    public const string List =
        "e.id, e.account, e.region, e.state_machine, e.name, e.status, e.start_date, e.stop_date, e.wake_at, e.input_hash, e.definition_hash";

    /// <summary>The first column after <see cref="List"/>.</summary>
    public const int Count = 11;

    /// <summary>Reads the columns from a given one on.</summary>
    public static ExecutionRow Read(NpgsqlDataReader row, int first = 0) => new()
    {
        Id = row.Id(first),
        Account = row.GetString(first + 1),
        Region = row.GetString(first + 2),
        StateMachine = row.GetString(first + 3),
        Name = row.GetString(first + 4),
        Status = (ExecutionStatus)row.GetInt16(first + 5),
        StartDate = row.GetInt64(first + 6),
        StopDate = row.NumberOrNull(first + 7),
        WakeAt = row.NumberOrNull(first + 8),
        InputHash = row.Bytes(first + 9),
        DefinitionHash = row.Bytes(first + 10),
    };
}
