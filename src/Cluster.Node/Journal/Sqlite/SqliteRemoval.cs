using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// Removes executions within the writer's transaction, up to a number of rows and bytes. An execution goes wholly, except that the rest of a
/// long journal is left to later steps: <c>removed</c> remembers whose.
/// </summary>
internal sealed class SqliteRemoval(SqliteSession session, SqliteAppender appender, long now)
{
    private const string Find = """
        SELECT account, region, state_machine, name, status, start_date, stop_date, name_expires_at FROM execution
        WHERE id = ?1 AND status <> 0 AND stop_date <= ?2 AND wake_at IS NULL
        """;

    private const string OfName = " WHERE account = ?1 AND region = ?2 AND state_machine = ?3 AND name = ?4 AND execution_id = ?5";

    private const string KeepName = "UPDATE name SET status = ?6, start_date = ?7, stop_date = ?8, expires_at = ?9" + OfName;

    private const string Rows = "SELECT commit_nr, length(events) FROM journal WHERE execution_id = ?1 ORDER BY sequence_nr LIMIT ?2";

    private readonly List<long> _rows = [];
    private int _rowsLeft = RetentionLimits.SliceRows;
    private long _bytesLeft = RetentionLimits.SliceBytes;

    private bool IsSpent => _rowsLeft <= 0 || _bytesLeft <= 0;

    /// <summary>Whether there are executions of which a part is left.</summary>
    public static bool IsUnfinished(SqliteSession session)
    {
        var find = session.Prepared("SELECT 1 FROM removed LIMIT 1");
        var found = find.Step();
        find.Reset();
        return found;
    }

    /// <summary>Removes executions as long as the bounds allow.</summary>
    /// <returns>How many, how many rows of journals, and how many were looked at: at least one.</returns>
    public (int Removed, int Rows, int Looked) Run(ReadOnlySpan<ExecutionId> ids, long endedBefore)
    {
        var (removed, looked) = (0, 0);
        do
        {
            if (TryRemove(ids[looked], endedBefore))
                removed++;
            looked++;
        }
        while (looked < ids.Length && !IsSpent);
        return (removed, RetentionLimits.SliceRows - _rowsLeft, looked);
    }

    /// <summary>Goes on with what is left of executions.</summary>
    /// <returns>How many rows were removed.</returns>
    public int GoOn()
    {
        var first = session.Prepared("SELECT execution_id FROM removed LIMIT 1");
        while (!IsSpent && first.Step())
        {
            var id = first.Id(0);
            first.Reset();
            if (RemoveRows(id))
                session.Prepared("DELETE FROM removed WHERE execution_id = ?1").Bind(1, id).Run();
        }

        first.Reset();
        return RetentionLimits.SliceRows - _rowsLeft;
    }

    private bool TryRemove(ExecutionId id, long endedBefore)
    {
        var find = session.Prepared(Find).Bind(1, id).Bind(2, endedBefore);
        if (!find.Step())
            return false;
        var key = new MachineKey(find.Text(0), find.Text(1), find.Text(2));
        var name = find.Text(3);
        if (find.NumberOrNull(7) is { } expiresAt && expiresAt > now)
        {
            BindName(KeepName, key, name, id)
                .Bind(6, find.Number(4)).Bind(7, find.Number(5)).Bind(8, find.NumberOrNull(6)).Bind(9, expiresAt).Run();
        }
        else
        {
            BindName("DELETE FROM name" + OfName, key, name, id).Run();
        }

        find.Reset();
        Delete("DELETE FROM execution WHERE id = ?1", id);
        Delete("DELETE FROM snapshot WHERE execution_id = ?1", id);
        Delete("DELETE FROM suspect WHERE execution_id = ?1", id);
        if (!RemoveRows(id))
            Delete("INSERT INTO removed VALUES (?1)", id);
        appender.Removed(id);
        return true;
    }

    /// <summary>Removes rows of a journal; whether none is left.</summary>
    private bool RemoveRows(ExecutionId id)
    {
        _rows.Clear();
        var read = session.Prepared(Rows).Bind(1, id).Bind(2, _rowsLeft + 1);
        var isWhole = true;
        while (read.Step())
        {
            if (IsSpent)
            {
                isWhole = false;
                break;
            }

            _rows.Add(read.Number(0));
            _rowsLeft--;
            _bytesLeft -= read.Number(1);
        }

        read.Reset();
        foreach (var row in _rows)
            session.Prepared("DELETE FROM journal WHERE commit_nr = ?1").Bind(1, row).Run();
        return isWhole;
    }

    private void Delete(string sql, ExecutionId id) => session.Prepared(sql).Bind(1, id).Run();

    private SqliteStatement BindName(string sql, MachineKey key, string name, ExecutionId id) =>
        session.Prepared(sql).Bind(1, key.Account).Bind(2, key.Region).Bind(3, key.Name).Bind(4, name).Bind(5, id);
}
