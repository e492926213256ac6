using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// Writes appends within the writer's transaction. An append is judged wholly before its first row is written, so a refused one leaves no
/// trace and the others of its transaction need no savepoint. Only the writer's thread comes here.
/// </summary>
internal sealed class SqliteAppender
{
    private readonly JournalTails _tails = new();
    private readonly SqliteStatement _tail;
    private readonly SqliteStatement _takeName;
    private readonly SqliteStatement _nameHolder;
    private readonly SqliteStatement _freeName;
    private readonly SqliteStatement _execution;
    private readonly SqliteStatement _insertRow;
    private readonly SqliteStatement _insertExecution;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _wake;
    private readonly SqliteStatement _snapshot;
    private readonly SqliteStatement _offer;
    private readonly SqliteStatement _withdraw;
    private readonly SqliteStatement _raiseEpochs;
    private readonly SqliteStatement _epochsStored;
    private long[]? _epochs;

    public SqliteAppender(SqliteSession session)
    {
        _tail = session.Prepared(
            "SELECT sequence_nr, last_history_id FROM journal WHERE execution_id = ?1 ORDER BY sequence_nr DESC LIMIT 1");
        _takeName = session.Prepared(
            "INSERT OR IGNORE INTO name (account, region, state_machine, name, execution_id) VALUES (?1, ?2, ?3, ?4, ?5)");
        _nameHolder = session.Prepared(
            "SELECT execution_id, expires_at, status, start_date, stop_date FROM name WHERE account = ?1 AND region = ?2 AND state_machine = ?3 AND name = ?4");
        _freeName = session.Prepared("DELETE FROM name WHERE account = ?1 AND region = ?2 AND state_machine = ?3 AND name = ?4");
        _execution = session.Prepared(ExecutionColumns.ById);
        _insertRow = session.Prepared("INSERT INTO journal VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
        _insertExecution = session.Prepared("INSERT INTO execution VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
        _end = session.Prepared("UPDATE execution SET status = ?2, stop_date = ?3, wake_at = ?4, name_expires_at = ?5 WHERE id = ?1");
        _wake = session.Prepared("UPDATE execution SET wake_at = ?2 WHERE id = ?1");
        _snapshot = session.Prepared("INSERT OR REPLACE INTO snapshot VALUES (?1, ?2, ?3, ?4)");
        _offer = session.Prepared(SqlitePendingTasks.Offer);
        _withdraw = session.Prepared(SqlitePendingTasks.Withdraw);
        _raiseEpochs = session.Prepared("UPDATE shard SET epoch = epoch + 1");
        _epochsStored = session.Prepared("SELECT epoch FROM shard ORDER BY id");
    }

    /// <summary>The transaction was undone: nothing remembered of it holds. The store may be failing, so it is not asked here.</summary>
    public void Undone()
    {
        _tails.ForgetAll();
        _epochs = null;
    }

    /// <summary>An execution was removed.</summary>
    public void Removed(ExecutionId id) => _tails.Forget(id);

    /// <summary>Raises all epochs.</summary>
    public long[] AcquireShards()
    {
        _raiseEpochs.Run();
        return _epochs = ReadEpochs();
    }

    /// <summary>Judges an append and, when it is good, writes it.</summary>
    public AppendOutcome Apply(AppendRequest request)
    {
        _epochs ??= ReadEpochs();
        if (request.Epoch != _epochs[request.Shard])
            return new AppendOutcome(AppendOutcomeKind.Fenced);
        var tail = Tail(request.Id);
        if (tail.SequenceNr != request.ExpectedSequenceNr || (request.Row is { } next && next.SequenceNr != tail.SequenceNr + 1))
            return new AppendOutcome(AppendOutcomeKind.Conflict);
        if (request.Name is { } name && TakeName(name, request.Id) is { } holder)
            return new AppendOutcome(AppendOutcomeKind.NameTaken, holder);

        if (request.Row is { } row)
            Insert(request, row, tail);
        if (request.NewExecution is { } execution)
            Insert(execution, request.Change);
        else if (request.Change is { } change)
            Change(request.Id, change);
        if (request.Snapshot is { } snapshot)
            Keep(request.Id, snapshot);
        foreach (var task in request.Offered)
            SqlitePendingTasks.Bind(_offer, task).Run();
        foreach (var task in request.Withdrawn)
            SqlitePendingTasks.Bind(_withdraw, task).Run();
        return new AppendOutcome(AppendOutcomeKind.Appended);
    }

    private JournalTail Tail(ExecutionId id)
    {
        if (_tails.TryGet(id, out var tail))
            return tail;
        if (_tail.Bind(1, id).Step())
            tail = new JournalTail(_tail.Number(0), _tail.Number(1));
        _tail.Reset();
        return tail;
    }

    /// <summary>Takes a name, or gives the execution that has it.</summary>
    private ExecutionRow? TakeName(NameReservation name, ExecutionId id)
    {
        if (BindName(_takeName, name).Bind(5, id).Run() == 1)
            return null;

        ExecutionRow? holder = null;
        long? expiresAt = null;
        if (BindName(_nameHolder, name).Step())
        {
            if (_execution.Bind(1, _nameHolder.Id(0)).Step())
            {
                holder = ExecutionColumns.Read(_execution);
                expiresAt = _execution.NumberOrNull(ExecutionColumns.Count);
            }
            else if (_nameHolder.NumberOrNull(1) is { } kept)
            {
                holder = RemovedHolder(name);
                expiresAt = kept;
            }
        }

        _execution.Reset();
        _nameHolder.Reset();
        if (holder is not null && !(expiresAt <= name.Now))
            return holder;

        BindName(_freeName, name).Run();
        BindName(_takeName, name).Bind(5, id).Run();
        return null;
    }

    /// <summary>What a name tells of its execution, which was removed before it.</summary>
    private ExecutionRow RemovedHolder(NameReservation name) => new()
    {
        Id = _nameHolder.Id(0),
        Account = name.Account,
        Region = name.Region,
        StateMachine = name.StateMachine,
        Name = name.Name,
        Status = (ExecutionStatus)_nameHolder.Number(2),
        StartDate = _nameHolder.Number(3),
        StopDate = _nameHolder.NumberOrNull(4),
        InputHash = ReadOnlyMemory<byte>.Empty,
        DefinitionHash = ReadOnlyMemory<byte>.Empty,
    };

    private void Insert(AppendRequest request, JournalRow row, JournalTail tail)
    {
        var shown = row.LastHistoryId > 0;
        var last = shown ? row.LastHistoryId : tail.HistoryId;
        var first = shown ? row.FirstHistoryId : last + 1;
        _insertRow
            .Bind(1, request.Id)
            .Bind(2, row.SequenceNr)
            .Bind(3, first)
            .Bind(4, last)
            .Bind(5, row.Terminal ? 1 : 0)
            .Bind(6, request.Epoch)
            .Bind(7, row.Events.Span)
            .Bind(8, RowChecksum.Of(request.Id, row.SequenceNr, first, last, row.Terminal, request.Epoch, row.Events.Span))
            .Run();
        if (row.Terminal)
            _tails.Forget(request.Id);
        else
            _tails.Set(request.Id, new JournalTail(row.SequenceNr, last));
    }

    private void Keep(ExecutionId id, StoredSnapshot snapshot) => _snapshot
        .Bind(1, id)
        .Bind(2, snapshot.SequenceNr)
        .Bind(3, snapshot.Bytes.Span)
        .Bind(4, RowChecksum.Of(id, snapshot.SequenceNr, snapshot.Bytes.Span))
        .Run();

    /// <summary>Inserts the execution's row as it is after the change, which a first append has when it also ends the execution.</summary>
    private void Insert(ExecutionRow row, ExecutionChange? change)
    {
        var ends = change?.Status is not null;
        _insertExecution
            .Bind(1, row.Id)
            .Bind(2, row.Account)
            .Bind(3, row.Region)
            .Bind(4, row.StateMachine)
            .Bind(5, row.Name)
            .Bind(6, row.Id.Bucket)
            .Bind(7, (long)(change?.Status ?? row.Status))
            .Bind(8, row.StartDate)
            .Bind(9, ends ? change!.StopDate : row.StopDate)
            .Bind(10, change is null ? row.WakeAt : change.WakeAt)
            .Bind(11, ends ? change!.NameExpiresAt : null)
            .Bind(12, row.InputHash.Span)
            .Bind(13, row.DefinitionHash.Span)
            .Run();
    }

    private void Change(ExecutionId id, ExecutionChange change)
    {
        if (change.Status is { } status)
        {
            _end.Bind(1, id).Bind(2, (long)status).Bind(3, change.StopDate).Bind(4, change.WakeAt).Bind(5, change.NameExpiresAt).Run();
            return;
        }

        _wake.Bind(1, id).Bind(2, change.WakeAt).Run();
    }

    private long[] ReadEpochs()
    {
        var epochs = new List<long>(ShardRange.DefaultCount);
        while (_epochsStored.Step())
            epochs.Add(_epochsStored.Number(0));
        return [.. epochs];
    }

    private static SqliteStatement BindName(SqliteStatement statement, NameReservation name) =>
        statement.Bind(1, name.Account).Bind(2, name.Region).Bind(3, name.StateMachine).Bind(4, name.Name);
}
