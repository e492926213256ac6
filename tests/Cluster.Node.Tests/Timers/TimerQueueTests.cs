using Cluster.Node.Timers;
using Xunit;

namespace Cluster.Node.Tests.Timers;

public sealed class TimerQueueTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly TimerQueue _queue;
    private readonly List<(string Name, long At)> _fired = [];

    public TimerQueueTests() => _queue = new TimerQueue(_clock);

    private IEnumerable<string> FiredNames => _fired.Select(f => f.Name);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Timers_fire_at_their_time_in_order()
    {
        var start = _clock.NowMs;
        Set("c", 300);
        Set("a", 100);
        Set("b", 200);
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal([("a", start + 100), ("b", start + 200)], _fired);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(["a", "b", "c"], FiredNames);
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void Timers_of_one_time_fire_in_the_order_in_which_they_were_set()
    {
        for (var i = 0; i < 300; i++)
            Set($"{i}", 10);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), FiredNames);
    }

    [Fact]
    public void A_timer_in_the_past_fires_soon()
    {
        Set("past", -1000);
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal(["past"], FiredNames);
    }

    [Fact]
    public void A_clocks_timer_that_comes_early_fires_nothing_early()
    {
        _clock.TimersRunAhead = TimeSpan.FromMilliseconds(3);
        var due = _clock.NowMs + 50;
        Set("a", 50);
        _clock.Advance(TimeSpan.FromMilliseconds(49));
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(Assert.Single(_fired).At >= due);
    }

    [Fact]
    public void A_cancelled_timer_does_not_fire()
    {
        var first = Set("first", 10);
        Set("second", 20);
        Assert.True(_queue.Cancel(first));
        Assert.False(_queue.Cancel(first));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["second"], FiredNames);
    }

    [Fact]
    public void A_timer_that_fired_cannot_be_cancelled_but_can_be_set_again()
    {
        var timer = Set("a", 10);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.False(_queue.Cancel(timer));
        _queue.Set(timer, _clock.NowMs + 5);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(["a", "a"], FiredNames);
    }

    [Theory]
    [InlineData(500, 10)]
    [InlineData(10, 500)]
    public void A_timer_that_is_set_again_moves(int from, int to)
    {
        var timer = Set("moved", from);
        Set("other", 100);
        _queue.Set(timer, _clock.NowMs + to);
        Assert.Equal(2, _queue.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(to < 100 ? ["moved", "other"] : ["other", "moved"], FiredNames);
    }

    [Fact]
    public void A_timer_may_set_others_while_it_fires()
    {
        _queue.Set(new ActionTimer(() => Set("second", 0)), _clock.NowMs + 5);
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(["second"], FiredNames);
    }

    [Fact]
    public void A_far_timer_notices_within_a_minute_that_the_clock_was_set_forward()
    {
        Set("far", (long)TimeSpan.FromHours(2).TotalMilliseconds);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Jump(TimeSpan.FromHours(2));
        _clock.Advance(TimerQueue.LongestSleep);
        Assert.Equal(["far"], FiredNames);
    }

    [Fact]
    public void The_clock_is_asked_once_for_many_timers()
    {
        for (var i = 0; i < 1000; i++)
            Set($"{i}", 10);
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(1, _clock.Calls);
    }

    [Fact]
    public void A_disposed_queue_fires_nothing()
    {
        Set("a", 10);
        _queue.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public void A_hundred_thousand_timers_set_moved_and_cancelled_at_random_fire_in_order_and_never_early()
    {
        const int Timers = 100_000;
        const int Horizon = 60_000;
        var random = new Random(20_000);
        var start = _clock.NowMs;
        var expected = new List<long>();
        var entries = new List<TimerEntry>();
        var fired = new List<(long DueAt, long At)>();
        for (var i = 0; i < Timers; i++)
        {
            ActionTimer? entry = null;
            entry = new ActionTimer(() => fired.Add((entry!.DueAt, _clock.NowMs)));
            _queue.Set(entry, start + random.Next(Horizon));
            entries.Add(entry);
        }

        foreach (var entry in entries)
        {
            switch (random.Next(3))
            {
                case 0:
                    Assert.True(_queue.Cancel(entry));
                    break;
                case 1:
                    _queue.Set(entry, start + random.Next(Horizon));
                    expected.Add(entry.DueAt);
                    break;
                default:
                    expected.Add(entry.DueAt);
                    break;
            }
        }

        expected.Sort();
        _clock.Advance(TimeSpan.FromMilliseconds(Horizon));
        Assert.Equal(expected, fired.Select(f => f.DueAt));
        Assert.All(fired, f => Assert.Equal(f.DueAt, f.At));
    }

    private ActionTimer Set(string name, long inMilliseconds)
    {
        var timer = new ActionTimer(() => _fired.Add((name, _clock.NowMs)));
        _queue.Set(timer, _clock.NowMs + inMilliseconds);
        return timer;
    }

    private sealed class ActionTimer(Action fire) : TimerEntry
    {
        protected internal override void Fire() => fire();
    }
}
