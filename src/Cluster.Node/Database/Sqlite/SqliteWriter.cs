namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// The one writer of a SQLite file, on its own thread: it takes all that has gathered, writes it in one transaction, and answers after
/// the commit. A store that is full, busy or failing has undone the transaction; then the writer refuses what may be refused, keeps the
/// rest, and tries again.
/// </summary>
internal sealed class SqliteWriter
{
    private readonly SqliteSession _session;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly SqliteCopies _copies;
    private readonly Action _undone;
    private readonly Action<Exception> _broken;
    private readonly TimeProvider _time;
    private readonly WriterThread _thread;
    private readonly Lock _statisticsGate = new();
    private readonly SqliteWriteQueue _queue = new();
    private readonly List<ISqliteWrite> _batch = [];

    private long _mostPages = long.MaxValue;
    private long _appliedMostPages = long.MaxValue;
    private SqliteWriterStatistics _statistics;
    private long _applied;

    /// <summary>Takes over a session; nobody else uses it from now on.</summary>
    /// <param name="session">The writing session.</param>
    /// <param name="time">Measures where the time goes.</param>
    /// <param name="undone">Called on the writer's thread when a transaction was undone: what was remembered of it is wrong.</param>
    /// <param name="broken">Called when a write failed in a way that trying again cannot cure. The writer has stopped.</param>
    public SqliteWriter(SqliteSession session, TimeProvider time, Action undone, Action<Exception> broken)
    {
        _session = session;
        _time = time;
        _checkpoints = new SqliteCheckpoints(session);
        _copies = new SqliteCopies(session);
        _undone = undone;
        _broken = broken;
        _thread = new WriterThread("sqlite-writer", Run);
    }

    public SqliteWriterStatistics Statistics
    {
        get
        {
            lock (_statisticsGate)
                return _statistics;
        }
    }

    public void Start() => _thread.Start();

    /// <inheritdoc cref="WriterThread.ThrowIfCurrent"/>
    public void ThrowIfCurrent() => _thread.ThrowIfCurrent();

    /// <summary>Bounds the file, from the next transaction on.</summary>
    public void LimitSize(long mostPages) => Volatile.Write(ref _mostPages, mostPages);

    /// <summary>Queues a write. When it is refused at once, that is told on the calling thread.</summary>
    public void Enqueue(ISqliteWrite write) => _queue.Add(write);

    /// <summary>Queues a copy of the file; it begins when the writes before it have committed.</summary>
    public void Enqueue(SqliteCopy copy) => _queue.Add(new SqliteCopyStart(copy, _copies));

    /// <summary>Writes what is queued, tidies the log, and ends. Later writes are refused.</summary>
    public void Close()
    {
        _queue.Close();
        _thread.Join();
        _session.Dispose();
        _queue.Dispose();
    }

    private void Run()
    {
        try
        {
            while (TakeBatch())
            {
                if (_batch.Count > 0)
                {
                    WriteBatch();
                    _batch.Clear();
                    Checkpoint(idle: false);
                }

                _copies.Slice();
            }

            _checkpoints.AtClose();
        }
        catch (Exception e)
        {
            Break();
            _copies.End();
            _broken(e);
        }
    }

    /// <summary>Waits for a batch; while a copy is under way it takes what is there, if only nothing. False when all is done.</summary>
    private bool TakeBatch()
    {
        if (_queue.IsClosing)
            _copies.End();
        if (!_copies.UnderWay)
            return _queue.Take(_batch, idle: () => Checkpoint(idle: true));
        _queue.TakeReady(_batch);
        return true;
    }

    private void WriteBatch()
    {
        var backOff = WriteLimits.FirstBackOff;
        while (_batch.Count > 0)
        {
            var began = _time.GetTimestamp();
            if (TryCommit(out var unknown))
            {
                Answer(began, _time.GetTimestamp());
                return;
            }

            lock (_statisticsGate)
                _statistics = _statistics with { Failures = _statistics.Failures + 1 };
            RefuseWhatMayBe(unknown);
            if (_queue.IsClosing)
                RefuseBatch(unknown: true);

            // A store that takes nothing for long must not keep a copy from hearing that it is cancelled.
            _copies.Slice();
            if (_batch.Count > 0)
                _queue.WaitBeforeRetry(backOff);
            backOff = backOff * 2 < WriteLimits.LongestBackOff ? backOff * 2 : WriteLimits.LongestBackOff;
        }
    }

    private bool TryCommit(out bool unknown)
    {
        var committing = false;
        try
        {
            ApplySizeLimit();
            _session.BeginWrite();
            foreach (var write in _batch)
                write.Apply(_session);
            committing = true;
            _applied = _time.GetTimestamp();
            _session.Commit();
            StoreMetrics.OfProcess.Full(isFull: false);
            unknown = false;
            return true;
        }
        catch (SqliteFailureException e) when (e.MayPass)
        {
            _session.Undo();
            _undone();
            if (e.IsFull)
                StoreMetrics.OfProcess.Full(isFull: true);
            unknown = committing && e.LeavesCommitUnknown;
            return false;
        }
    }

    private void Answer(long began, long committed)
    {
        foreach (var write in _batch)
            write.Committed();
        var answered = _time.GetTimestamp();
        lock (_statisticsGate)
        {
            _statistics = _statistics with
            {
                Commits = _statistics.Commits + 1,
                Writes = _statistics.Writes + _batch.Count,
                ApplyTime = _statistics.ApplyTime + _time.GetElapsedTime(began, _applied),
                CommitTime = _statistics.CommitTime + _time.GetElapsedTime(_applied, committed),
                AnswerTime = _statistics.AnswerTime + _time.GetElapsedTime(committed, answered),
            };
        }
    }

    private void Checkpoint(bool idle)
    {
        var began = _time.GetTimestamp();
        var copied = idle ? _checkpoints.WhenIdle() : _checkpoints.AfterCommit();
        lock (_statisticsGate)
        {
            _statistics = _statistics with
            {
                Frames = _checkpoints.Frames,
                Checkpoints = _statistics.Checkpoints + copied,
                CheckpointTime = _statistics.CheckpointTime + (copied > 0 ? _time.GetElapsedTime(began) : TimeSpan.Zero),
            };
        }
    }

    /// <summary>Refuses what may be refused in the batch and in the queue.</summary>
    private void RefuseWhatMayBe(bool unknown)
    {
        var refused = _batch.FindAll(write => write.MayBeRefused);
        _batch.RemoveAll(write => write.MayBeRefused);
        foreach (var write in refused)
            write.Refused(unknown);
        foreach (var write in _queue.TakeRefusable())
            write.Refused(unknown: false);
    }

    private void RefuseBatch(bool unknown)
    {
        foreach (var write in _batch)
            write.Refused(unknown);
        _batch.Clear();
    }

    private void ApplySizeLimit()
    {
        var limit = Volatile.Read(ref _mostPages);
        if (limit == _appliedMostPages)
            return;
        _session.Run(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Min(limit, int.MaxValue - 1)}"));
        _appliedMostPages = limit;
    }

    private void Break()
    {
        RefuseBatch(unknown: true);
        foreach (var write in _queue.TakeAll())
            write.Refused(unknown: true);
    }
}
