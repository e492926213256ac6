using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// What waits for the writer. Any thread adds; only the writer takes. Starts are refused when too much waits; the others are bounded by who
/// sends them, for an execution has one append on its way at a time.
/// </summary>
internal sealed class AppendQueue : IDisposable
{
    /// <summary>About what an append holds beside its events and snapshot.</summary>
    private const int FixedBytes = 512;

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly HashSet<ExecutionId> _executions = [];
    private readonly HashSet<(string Account, string Region, string StateMachine, string Name)> _names = [];
    private Queue<AppendRequest> _queue = new();
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

    /// <summary>Whether an append may be refused: it is a start.</summary>
    public static bool MayBeRefused(AppendRequest request) => request.ExpectedSequenceNr == 0;

    /// <summary>Adds an append; false when it is refused.</summary>
    public bool TryAdd(AppendRequest request)
    {
        bool wake;
        lock (_gate)
        {
            var full = _queuedBytes > WriterLimits.QueuedBytes || _queue.Count >= WriterLimits.QueuedAppends;
            if (_closing || (full && MayBeRefused(request)))
                return false;
            _queue.Enqueue(request);
            _queuedBytes += BytesOf(request);
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

    /// <summary>
    /// Waits for appends and moves as many as fit into a batch, in their order. A second append of an execution, or a second start of a
    /// name, ends the batch: a statement must not hold two that depend on each other.
    /// </summary>
    /// <param name="batch">An empty list.</param>
    /// <returns>Whether there is a batch; false when the queue is closing and nothing is left.</returns>
    public bool Take(List<AppendRequest> batch)
    {
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

            _wake.WaitOne();
        }
    }

    /// <summary>Takes out the starts.</summary>
    public IReadOnlyList<AppendRequest> TakeStarts()
    {
        lock (_gate)
        {
            var starts = _queue.Where(MayBeRefused).ToList();
            _queue = new Queue<AppendRequest>(_queue.Where(request => !MayBeRefused(request)));
            _queuedBytes -= starts.Sum(BytesOf);
            return starts;
        }
    }

    /// <summary>Closes, and takes all that is left.</summary>
    public IReadOnlyCollection<AppendRequest> TakeAll()
    {
        lock (_gate)
        {
            _closing = true;
            var left = _queue;
            _queue = new Queue<AppendRequest>();
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

    private void Move(List<AppendRequest> batch)
    {
        var bytes = 0L;
        while (batch.Count < WriterLimits.BatchAppends && bytes < WriterLimits.BatchBytes && _queue.TryPeek(out var request)
            && _executions.Add(request.Id) && (request.Name is not { } name || _names.Add((name.Account, name.Region, name.StateMachine, name.Name))))
        {
            batch.Add(_queue.Dequeue());
            bytes += BytesOf(request);
        }

        _queuedBytes -= bytes;
        _executions.Clear();
        _names.Clear();
    }

    private static long BytesOf(AppendRequest request) =>
        FixedBytes + (request.Row?.Events.Length ?? 0) + (request.Snapshot?.Bytes.Length ?? 0);
}
