using System.Globalization;
using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// Reads journals within a read transaction. A row that is not what was written, or is missing before another, is told with a
/// <see cref="DamagedException"/> and never given to anybody.
/// </summary>
internal static class SqliteLoad
{
    private const string From = "SELECT " + SqliteRow.Columns + " FROM journal WHERE execution_id = ?1 AND sequence_nr >= ?2 ORDER BY sequence_nr";
    private const string LastHistoryId = "SELECT last_history_id FROM journal WHERE execution_id = ?1 AND sequence_nr = ?2";
    private const string Snapshot = "SELECT sequence_nr, bytes, checksum FROM snapshot WHERE execution_id = ?1";
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
        return new LoadedExecution(row, snapshot, Read(session, id, (snapshot?.SequenceNr ?? 0) + 1, long.MaxValue)) { Crashes = crashes };
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
        if (FindSequenceNr(session, id, Math.Max(first, 1)) is not { } from)
            return [];
        var rows = Read(session, id, from, last);
        rows.RemoveAll(row => row.LastHistoryId == 0);
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
        var checksum = snapshot is null ? null : find.NumberOrNull(2);
        find.Reset();

        // A snapshot is a cache: without it, and where nothing says that it is what was written, there is the journal.
        return checksum is not null && checksum == RowChecksum.Of(id, snapshot!.SequenceNr, snapshot.Bytes.Span) ? snapshot : null;
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
            if (!look.Bind(1, id).Bind(2, middle).Step())
            {
                ThrowIfKept(session, id, middle);
                return null;
            }

            var reaches = look.Number(0) >= historyId;
            look.Reset();
            if (reaches)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    /// <summary>The rows from a sequence number on that begin at a history id or before it.</summary>
    private static List<JournalRow> Read(SqliteSession session, ExecutionId id, long from, long lastHistoryId)
    {
        var rows = new List<JournalRow>();
        var read = session.Prepared(From).Bind(1, id).Bind(2, from);
        try
        {
            while (read.Step() && read.Number(SqliteRow.FirstHistoryIdColumn) <= lastHistoryId)
            {
                var row = SqliteRow.Read(read, id);
                if (row.SequenceNr != from + rows.Count)
                {
                    ThrowIfKept(session, id, from + rows.Count);
                    return [];
                }

                if (!row.IsAsWritten)
                    throw new DamagedException(string.Create(CultureInfo.InvariantCulture, $"Row {row.SequenceNr} of execution {id} is not what was written."));
                rows.Add(row.ToJournalRow());
            }
        }
        finally
        {
            read.Reset();
        }

        return rows;
    }

    /// <summary>A row is missing, and there are later ones: so it may be of an execution that is being removed, of which nothing is told.</summary>
    private static void ThrowIfKept(SqliteSession session, ExecutionId id, long missing)
    {
        if (FindRow(session, id) is not null)
            throw new DamagedException(string.Create(CultureInfo.InvariantCulture, $"Row {missing} of execution {id} is missing, and there are later ones."));
    }
}
