using System.Globalization;
using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;
using SQLitePCL;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// Walks through executions, journal, snapshots and waiting tasks side by side in the order of ids, so that one execution is in memory at a
/// time, and of it one row.
/// </summary>
internal sealed class SqliteWalk
{
    private const string Executions =
        "SELECT " + ExecutionColumns.List + ", e.name_expires_at, e.bucket FROM execution e ORDER BY e.id";

    private const string WithoutRemoved = "WHERE execution_id NOT IN (SELECT execution_id FROM removed)";

    private const string Tasks = "SELECT execution_id, " + SqlitePendingTasks.Columns + " FROM pending_task ORDER BY execution_id";

    private readonly IStoreVisitor _visitor;
    private readonly Cursor _executions;
    private readonly Cursor _journal;
    private readonly Cursor _snapshots;
    private readonly Cursor? _tasks;
    private readonly long[] _epochs;

    public SqliteWalk(SqliteSession session, IStoreVisitor visitor, SqliteKnowledge knows)
    {
        _visitor = visitor;
        _executions = new Cursor(session, Executions);
        _journal = new Cursor(session, $"""
            SELECT execution_id, {(knows.Checksums ? SqliteRow.Columns : SqliteRow.OldColumns)} FROM journal INDEXED BY journal_row
            {(knows.Removal ? WithoutRemoved : "")} ORDER BY execution_id, sequence_nr
            """);
        _snapshots = new Cursor(
            session, $"SELECT execution_id, sequence_nr, bytes, {(knows.Checksums ? "checksum" : "NULL")} FROM snapshot ORDER BY execution_id");
        _tasks = knows.Tasks ? new Cursor(session, Tasks) : null;
        var read = session.Prepared("SELECT epoch FROM shard ORDER BY id");
        var epochs = new List<long>();
        while (read.Step())
            epochs.Add(read.Number(0));
        _epochs = [.. epochs];
    }

    /// <summary>Shows all.</summary>
    public void Run()
    {
        if (_epochs.Length != ShardRange.DefaultCount)
            throw new SqliteFailureException(raw.SQLITE_CORRUPT, string.Create(CultureInfo.InvariantCulture, $"there are {_epochs.Length} shards"));
        while (Earliest() is { } id)
        {
            ExecutionRow? row = null;
            long? nameExpiresAt = null;
            long? bucket = null;
            if (_executions.IsAt(id))
            {
                row = ExecutionColumns.Read(_executions.Row);
                nameExpiresAt = _executions.Row.NumberOrNull(ExecutionColumns.Count);
                bucket = _executions.Row.Number(ExecutionColumns.Count + 1);
            }

            _executions.Pass(id);
            var snapshot = _snapshots.IsAt(id) ? new StoredSnapshot(_snapshots.Row.Number(1), _snapshots.Row.Blob(2)) : null;
            var checksum = snapshot is null ? null : _snapshots.Row.NumberOrNull(3);
            _snapshots.Pass(id);
            _visitor.Begin(id, row, snapshot);
            if (checksum is not null && checksum != RowChecksum.Of(id, snapshot!.SequenceNr, snapshot.Bytes.Span))
                _visitor.Wrong("its snapshot is not what was written");
            if (bucket is { } stored && stored != id.Bucket)
                _visitor.Wrong("its row is under another bucket than its id");
            if (row is not null && nameExpiresAt is null != (row.Status == ExecutionStatus.Running))
                _visitor.Wrong("its name's time does not fit its status");
            for (; _tasks?.IsAt(id) == true; _tasks.Next())
                _visitor.Visit(SqlitePendingTasks.Read(_tasks.Row, first: 1));
            Rows(id);
            _visitor.End();
        }
    }

    private void Rows(ExecutionId id)
    {
        var last = 0L;
        var epoch = 0L;
        var highest = _epochs[ShardRange.IndexOf(id.Bucket, ShardRange.DefaultCount)];
        for (; _journal.IsAt(id); _journal.Next())
        {
            var row = SqliteRow.Read(_journal.Row, id, column: 1);
            if (!row.IsAsWritten)
                _visitor.Wrong(string.Create(CultureInfo.InvariantCulture, $"row {row.SequenceNr} is not what was written"));
            if (row.FirstHistoryId != last + 1 || row.LastHistoryId < last)
                _visitor.Wrong(string.Create(CultureInfo.InvariantCulture, $"row {row.SequenceNr} is said to hold history {row.FirstHistoryId} to {row.LastHistoryId}, after {last}"));
            if (row.Epoch < epoch || row.Epoch > highest)
                _visitor.Wrong(string.Create(CultureInfo.InvariantCulture, $"row {row.SequenceNr} has epoch {row.Epoch}, after {epoch} and with its shard at {highest}"));
            epoch = row.Epoch;
            last = row.LastHistoryId;
            _visitor.Visit(row.ToJournalRow());
        }
    }

    private ExecutionId? Earliest()
    {
        ExecutionId? earliest = null;
        foreach (var cursor in new[] { _executions, _journal, _snapshots, _tasks })
        {
            if (cursor?.At is { } at && (earliest is null || at < earliest))
                earliest = at;
        }

        return earliest;
    }

    /// <summary>A statement whose rows begin with an id.</summary>
    private sealed class Cursor
    {
        public Cursor(SqliteSession session, string sql)
        {
            Row = session.Prepared(sql);
            Next();
        }

        public SqliteStatement Row { get; }

        /// <summary>The id of the current row; null after the last.</summary>
        public ExecutionId? At { get; private set; }

        public bool IsAt(ExecutionId id) => At == id;

        public void Pass(ExecutionId id)
        {
            if (IsAt(id))
                Next();
        }

        public void Next()
        {
            if (!Row.Step())
            {
                At = null;
                return;
            }

            var bytes = Row.Blob(0);
            At = bytes.Length == ExecutionId.Size
                ? ExecutionId.Read(bytes)
                : throw new SqliteFailureException(raw.SQLITE_CORRUPT, $"an execution's id is {Convert.ToHexStringLower(bytes)}");
        }
    }
}
