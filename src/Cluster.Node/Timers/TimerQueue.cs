namespace Cluster.Node.Timers;

/// <summary>Timers over one timer of the clock, which is set to the earliest.</summary>
/// <remarks>
/// When the clock calls, the time is read again: what is not due by the clock's own word waits on. The clock of the system may be set while
/// its timers run by another; therefore none sleeps longer than <see cref="LongestSleep"/>. Safe from any thread.
/// </remarks>
public sealed class TimerQueue : ITimers, IDisposable
{
    /// <summary>Entries that may wait; one more is a fault of the caller, who keeps far timers in the store.</summary>
    public const int MostEntries = 1_000_000;

    /// <summary>Entries taken out under one hold of the lock.</summary>
    internal const int FiresPerBatch = 128;

    /// <summary>
    /// How long the clock's timer is set at most: by so much a clock that was set forward fires too late, and by a part of it one that its
    /// timers are slower than.
    /// </summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly TimerHeap _heap = new();
    private readonly TimeProvider _time;
    private readonly TimerMetrics _metrics;
    private readonly ITimer _clock;
    private long _armedFor = long.MaxValue;
    private bool _firing;
    private bool _disposed;

    /// <summary>A queue without entries.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">What is counted; null for the counters of the process.</param>
    public TimerQueue(TimeProvider time, TimerMetrics? metrics = null)
    {
        _time = time;
        _metrics = metrics ?? TimerMetrics.OfProcess;
        _clock = time.CreateTimer(static queue => ((TimerQueue)queue!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many entries wait.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _heap.Count;
        }
    }

    /// <inheritdoc/>
    public void Set(TimerEntry entry, long dueAt)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (entry.Index != TimerEntry.NotQueued)
                _heap.Remove(entry);
            else if (_heap.Count == MostEntries)
                throw new InvalidOperationException($"{MostEntries} timers wait already");
            else
                _metrics.Waiting(1);
            _heap.Add(entry, dueAt);
            if (!_firing && dueAt < _armedFor)
                Arm();
        }
    }

    /// <inheritdoc/>
    public bool Cancel(TimerEntry entry)
    {
        lock (_lock)
        {
            if (entry.Index == TimerEntry.NotQueued)
                return false;
            _heap.Remove(entry);
            _metrics.Waiting(-1);
            return true;
        }
    }

    /// <summary>Ends the queue; what waits is dropped and never fires.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _metrics.Waiting(-_heap.Count);
            _clock.Dispose();
        }
    }

    private void Due()
    {
        var batch = new List<TimerEntry>();
        while (TakeDue(batch))
        {
            foreach (var entry in batch)
                entry.Fire();
        }
    }

    /// <summary>Takes the next entries that are due, or, when there is none, sets the clock for the next and ends the firing.</summary>
    private bool TakeDue(List<TimerEntry> batch)
    {
        lock (_lock)
        {
            var goesOn = batch.Count > 0;
            batch.Clear();
            if (_disposed || (_firing && !goesOn))
                return false;
            var now = Now;
            while (batch.Count < FiresPerBatch && _heap.Count > 0 && _heap.EarliestDueAt <= now)
                batch.Add(Take(now));
            _firing = batch.Count > 0;
            if (!_firing)
                Arm();
            return _firing;
        }
    }

    private TimerEntry Take(long now)
    {
        var entry = _heap.RemoveEarliest();
        _metrics.Fired(now - entry.DueAt);
        return entry;
    }

    private void Arm()
    {
        if (_heap.Count == 0)
        {
            _armedFor = long.MaxValue;
            return;
        }

        _armedFor = _heap.EarliestDueAt;
        var sleep = Math.Clamp(_armedFor - Now, 0, (long)LongestSleep.TotalMilliseconds);
        _clock.Change(TimeSpan.FromMilliseconds(sleep), Timeout.InfiniteTimeSpan);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
