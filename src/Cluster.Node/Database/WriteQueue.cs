namespace Cluster.Node.Database;

/// <summary>
/// What waits for a store's writer. Any thread adds; only the writer takes. Writes that may be refused are, when too much waits; the others
/// are bounded by who sends them, for an execution has one append on its way at a time.
/// </summary>
internal abstract class WriteQueue<TWrite> : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private Queue<TWrite> _queue = new();
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

    /// <summary>Adds a write; false when it is refused.</summary>
    public bool TryAdd(TWrite write)
    {
        bool wake;
        lock (_gate)
        {
            var full = _queuedBytes > WriteLimits.QueuedBytes || _queue.Count >= WriteLimits.QueuedWrites;
            if (_closing || (full && MayBeRefused(write)))
                return false;
            _queue.Enqueue(write);
            _queuedBytes += BytesOf(write);
            wake = _waiting;
            _waiting = false;
        }

        if (wake)
            _wake.Set();
        return true;
    }

    /// <summary>Takes no more in and wakes the writer, which takes what is left.</summary>
    public void Close()
    {
        lock (_gate)
            _closing = true;
        _wake.Set();
    }

    /// <summary>Waits for writes and moves as many as fit into a batch, in their order.</summary>
    /// <param name="batch">An empty list.</param>
    /// <param name="idle">Called once when nothing has come for a while; null for nothing to do then.</param>
    /// <returns>Whether there is a batch; false when the queue is closing and nothing is left.</returns>
    public bool Take(List<TWrite> batch, Action? idle = null)
    {
        var tidied = idle is null;
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

            if (_wake.WaitOne(tidied ? Timeout.InfiniteTimeSpan : WriteLimits.Idle))
                continue;
            tidied = true;
            idle!();
        }
    }

    /// <summary>Moves as many as fit into a batch, in their order, and does not wait for any.</summary>
    /// <param name="batch">An empty list.</param>
    public void TakeReady(List<TWrite> batch)
    {
        lock (_gate)
        {
            if (_queue.Count > 0)
                Move(batch);
        }
    }

    /// <summary>Takes out what may be refused.</summary>
    public IReadOnlyList<TWrite> TakeRefusable()
    {
        lock (_gate)
        {
            var refused = _queue.Where(MayBeRefused).ToList();
            _queue = new Queue<TWrite>(_queue.Where(write => !MayBeRefused(write)));
            _queuedBytes -= refused.Sum(BytesOf);
            return refused;
        }
    }

    /// <summary>Closes, and takes all that is left.</summary>
    public IReadOnlyCollection<TWrite> TakeAll()
    {
        lock (_gate)
        {
            _closing = true;
            var left = _queue;
            _queue = new Queue<TWrite>();
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

    /// <inheritdoc/>
    public void Dispose() => _wake.Dispose();

    /// <summary>About how many bytes a write holds.</summary>
    protected abstract long BytesOf(TWrite write);

    /// <summary>Whether a write may be refused.</summary>
    protected abstract bool MayBeRefused(TWrite write);

    /// <summary>Whether a write may stand in one batch with those before it; false ends the batch. The first always may.</summary>
    protected virtual bool Joins(TWrite write) => true;

    /// <summary>A batch is full; the next one begins.</summary>
    protected virtual void BatchEnds()
    {
    }

    private void Move(List<TWrite> batch)
    {
        var bytes = 0L;
        while (batch.Count < WriteLimits.BatchWrites && bytes < WriteLimits.BatchBytes && _queue.TryPeek(out var write) && Joins(write))
        {
            batch.Add(_queue.Dequeue());
            bytes += BytesOf(write);
        }

        _queuedBytes -= bytes;
        BatchEnds();
    }
}
