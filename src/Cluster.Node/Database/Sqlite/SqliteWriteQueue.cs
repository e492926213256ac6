namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// What waits for the writer. Any thread adds; only the writer takes. Writes that may be refused are, when too much waits; the others are
/// bounded by who sends them, for an execution has one append on its way at a time.
/// </summary>
internal sealed class SqliteWriteQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private Queue<ISqliteWrite> _queue = new();
    private long _queuedBytes;
    private bool _waiting;
    private bool _closing;

    /// <summary>Whether no more is taken in.</summary>
    public bool IsClosing
    {
        get
        {
            lock (_gate)
                return _closing;
        }
    }

    /// <summary>Adds a write, or refuses it on the calling thread.</summary>
    public void Add(ISqliteWrite write)
    {
        bool refused, wake = false;
        lock (_gate)
        {
            refused = _closing || (write.MayBeRefused
                && (_queuedBytes > SqliteWriterLimits.QueuedBytes || _queue.Count >= SqliteWriterLimits.QueuedWrites));
            if (!refused)
            {
                _queue.Enqueue(write);
                _queuedBytes += write.Bytes;
                wake = _waiting;
                _waiting = false;
            }
        }

        if (refused)
            write.Refused(unknown: false);
        else if (wake)
            _wake.Set();
    }

    /// <summary>Takes no more in and wakes the writer, which takes what is left.</summary>
    public void Close()
    {
        lock (_gate)
            _closing = true;
        _wake.Set();
    }

    /// <summary>Waits for writes and moves as many as fit one transaction into a batch.</summary>
    /// <param name="batch">An empty list.</param>
    /// <param name="idle">Called once when nothing has come for a while.</param>
    /// <returns>Whether there is a batch; false when the queue is closing and nothing is left.</returns>
    public bool Take(List<ISqliteWrite> batch, Action idle)
    {
        var wasIdle = false;
        while (true)
        {
            lock (_gate)
            {
                if (_queue.Count > 0)
                {
                    Move(batch);
                    return true;
                }

                if (_closing)
                    return false;
                _waiting = true;
            }

            if (_wake.WaitOne(wasIdle ? Timeout.InfiniteTimeSpan : SqliteWriterLimits.Idle))
                continue;
            wasIdle = true;
            idle();
        }
    }

    /// <summary>Takes out what may be refused.</summary>
    public IReadOnlyList<ISqliteWrite> TakeRefusable()
    {
        lock (_gate)
        {
            var refused = _queue.Where(write => write.MayBeRefused).ToList();
            _queue = new Queue<ISqliteWrite>(_queue.Where(write => !write.MayBeRefused));
            _queuedBytes -= refused.Sum(write => (long)write.Bytes);
            return refused;
        }
    }

    /// <summary>Closes, and takes all that is left.</summary>
    public IReadOnlyCollection<ISqliteWrite> TakeAll()
    {
        lock (_gate)
        {
            _closing = true;
            var left = _queue;
            _queue = new Queue<ISqliteWrite>();
            return left;
        }
    }

    /// <summary>Waits; of what happens meanwhile only closing ends it early.</summary>
    public void WaitBeforeRetry(TimeSpan backOff)
    {
        lock (_gate)
        {
            if (_closing)
                return;
            _waiting = false;
        }

        _wake.WaitOne(backOff);
    }

    public void Dispose() => _wake.Dispose();

    private void Move(List<ISqliteWrite> batch)
    {
        var bytes = 0L;
        while (batch.Count < SqliteWriterLimits.BatchWrites && bytes < SqliteWriterLimits.BatchBytes && _queue.TryDequeue(out var write))
        {
            batch.Add(write);
            bytes += write.Bytes;
        }

        _queuedBytes -= bytes;
    }
}
