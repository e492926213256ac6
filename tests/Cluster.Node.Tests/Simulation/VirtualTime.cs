namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The clocks of one life of a node: its wall clock, which may be wrong, and its monotonic one, which begins anywhere; with timers that are
/// plans in the agenda and die with the life.
/// </summary>
/// <param name="agenda">The true time.</param>
/// <param name="life">The life.</param>
/// <param name="skew">How far its wall clock goes ahead of the store's.</param>
/// <param name="rate">How many of its seconds its monotonic clock counts in a true one.</param>
internal sealed class VirtualTime(Agenda agenda, NodeLife life, TimeSpan skew = default, double rate = 1) : TimeProvider
{
    /// <summary>Where the monotonic clocks of two lives begin apart: nobody may compare them.</summary>
    private static readonly TimeSpan Origins = TimeSpan.FromDays(1);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => agenda.Now + skew;

    public override long GetTimestamp() => (long)(agenda.Elapsed.Ticks * rate) + (Origins.Ticks * life.Number);

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

    private void Plan(TimeSpan delay, Action what) => agenda.In(delay / rate, () => life.Do(what));
}
