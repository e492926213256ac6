namespace Cluster.Node.Tests.Simulation;

/// <summary>The clock of one life of a node: virtual time, with timers that are plans in the agenda and die with the life.</summary>
internal sealed class VirtualTime(Agenda agenda, NodeLife life) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => agenda.Now;

    public override long GetTimestamp() => agenda.Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualTime time, Action call) : ITimer
    {
        private TimeSpan _period;
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            var setting = ++_setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
                time.Plan(dueTime, () => Due(setting));
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Due(int setting)
        {
            if (setting != _setting)
                return;
            if (_period > TimeSpan.Zero)
                time.Plan(_period, () => Due(setting));
            call();
        }
    }

    private void Plan(TimeSpan delay, Action what) => agenda.In(delay, () =>
    {
        if (life.IsAlive)
            what();
    });
}
