using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>Reads journals within a read transaction.</summary>
internal static class SqliteLoad
{
    private const string Columns = "sequence_nr, first_history_id, last_history_id, terminal, events";
    private const string From = "SELECT " + Columns + " FROM journal WHERE execution_id = ?1 AND sequence_nr >= ?2 ORDER BY sequence_nr";
    private const string LastHistoryId = "SELECT last_history_id FROM journal WHERE execution_id = ?1 AND sequence_nr = ?2";
    private const string Snapshot = "SELECT sequence_nr, bytes FROM snapshot WHERE execution_id = ?1";
    private const string Tail =
        "SELECT sequence_nr, last_history_id FROM journal WHERE execution_id = ?1 ORDER BY sequence_nr DESC LIMIT 1";

    /// <summary>What an execution is rebuilt from, or null.</summary>
    public static LoadedExecution? Load(SqliteSession session, ExecutionId id, bool fromSnapshot)
    {
        if (FindRow(session, id) is not { } row)
            return null;

        // The rows of a quarantined execution are not wanted, and it may be looked for again and again.
        var crashes = SqliteSuspects.CrashesOf(session, id);
        if (crashes >= ISuspectStore.Crashes)
            return new LoadedExecution(row, Snapshot: null, []) { Crashes = crashes };
        var snapshot = fromSnapshot ? FindSnapshot(session, id) : null;
        var rows = new List<JournalRow>();
        var read = session.Prepared(From).Bind(1, id).Bind(2, (snapshot?.SequenceNr ?? 0) + 1);
        while (read.Step())
            rows.Add(Read(read));
        return new LoadedExecution(row, snapshot, rows) { Crashes = crashes };
    }

    /// <summary>An execution's row, or null.</summary>
    public static ExecutionRow? FindRow(SqliteSession session, ExecutionId id)
    {
        var find = session.Prepared(ExecutionColumns.ById).Bind(1, id);
        var row = find.Step() ? ExecutionColumns.Read(find) : null;
        find.Reset();
        return row;
    }

    /// <summary>The rows that hold history ids of a range.</summary>
    public static IReadOnlyList<JournalRow> ReadRange(SqliteSession session, ExecutionId id, long first, long last)
    {
        var rows = new List<JournalRow>();
        if (FindSequenceNr(session, id, Math.Max(first, 1)) is not { } from)
            return rows;
        var read = session.Prepared(From).Bind(1, id).Bind(2, from);
        while (read.Step() && read.Number(1) <= last)
        {
            if (read.Number(1) <= read.Number(2))
                rows.Add(Read(read));
        }

        read.Reset();
        return rows;
    }

    /// <summary>The rows that hold any of some history ids.</summary>
    public static IReadOnlyList<JournalRow> ReadEach(SqliteSession session, ExecutionId id, IReadOnlyList<long> historyIds)
    {
        var rows = new List<JournalRow>();
        foreach (var historyId in historyIds.Order())
        {
            if (rows.Count == 0 || rows[^1].LastHistoryId < historyId)
                rows.AddRange(ReadRange(session, id, historyId, historyId));
        }

        return rows;
    }

    /// <summary>The last row that holds a history id, or null.</summary>
    public static JournalRow? ReadLast(SqliteSession session, ExecutionId id)
    {
        var tail = FindTail(session, id);
        return tail.HistoryId == 0 ? null : ReadRange(session, id, tail.HistoryId, tail.HistoryId)[^1];
    }

    private static StoredSnapshot? FindSnapshot(SqliteSession session, ExecutionId id)
    {
        var find = session.Prepared(Snapshot).Bind(1, id);
        var snapshot = find.Step() ? new StoredSnapshot(find.Number(0), find.Blob(1)) : null;
        find.Reset();
        return snapshot;
    }

    private static JournalTail FindTail(SqliteSession session, ExecutionId id)
    {
        var find = session.Prepared(Tail).Bind(1, id);
        var tail = find.Step() ? new JournalTail(find.Number(0), find.Number(1)) : default;
        find.Reset();
        return tail;
    }

    /// <summary>The first row whose last history id is at least the given one, found by halving: 15 looks in 25,000 rows.</summary>
    private static long? FindSequenceNr(SqliteSession session, ExecutionId id, long historyId)
    {
        var tail = FindTail(session, id);
        if (tail.HistoryId < historyId)
            return null;
        long low = 1, high = tail.SequenceNr;
        var look = session.Prepared(LastHistoryId);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            look.Bind(1, id).Bind(2, middle).Step();
            var reaches = look.Number(0) >= historyId;
            look.Reset();
            if (reaches)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private static JournalRow Read(SqliteStatement row)
    {
        var shown = row.Number(1) <= row.Number(2);
        return new JournalRow(
            row.Number(0), shown ? row.Number(1) : 0, shown ? row.Number(2) : 0, row.Number(3) != 0, row.Blob(4));
    }
}
