namespace Cluster.Node.Tests.Timers;

/// <summary>A clock that a test sets, with the timers that hang on it; those are called only when the test moves the clock or says so.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000);
    private TimeSpan _jumped;

    internal long NowMs => _now.ToUnixTimeMilliseconds();

    /// <summary>How much too early timers are called (at most half their wait), as by a drifting or coarse timer of a machine.</summary>
    internal TimeSpan TimersRunAhead { get; set; }

    internal int Calls { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => (_now - _jumped).UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Sets the clock without its timers noticing.</summary>
    internal void Jump(TimeSpan by)
    {
        _now += by;
        _jumped += by;
    }

    internal void Advance(TimeSpan by)
    {
        var end = _now + by;
        while (Next(end) is { } timer)
        {
            if (timer.DueAt > _now)
                _now = timer.DueAt;
            timer.Passed();
            Calls++;
            timer.Call();
        }

        _now = end;
    }

    private ManualTimer? Next(DateTimeOffset end) =>
        _timers.Where(t => t.DueAt != DateTimeOffset.MaxValue && t.DueAt <= end).MinBy(t => t.DueAt);

    private sealed class ManualTimer(ManualClock clock, Action call) : ITimer
    {
        private TimeSpan _period;

        internal DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MaxValue;

        internal void Call() => call();

        internal void Passed() => DueAt = _period > TimeSpan.Zero ? DueAt + _period : DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var early = dueTime / 2 < clock.TimersRunAhead ? dueTime / 2 : clock.TimersRunAhead;
            _period = period;
            DueAt = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock._now + dueTime - early;
            return true;
        }

        public void Dispose() => clock._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
