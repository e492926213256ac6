using Cluster.Node.Timers;
using Xunit;

namespace Cluster.Node.Tests.Simulation;

public sealed class VirtualTimeTests
{
    private readonly Agenda _agenda = new();
    private readonly NodeLife _life = new(1);
    private readonly List<(string Name, long At)> _fired = [];

    [Fact]
    public void Timers_fire_at_their_virtual_time_without_waiting()
    {
        using var timers = new TimerQueue(new VirtualTime(_agenda, _life));
        var start = _agenda.NowMs;
        timers.Set(new NamedTimer(this, "far"), start + (30L * 24 * 60 * 60 * 1000));
        timers.Set(new NamedTimer(this, "near"), start + 10);
        RunFor(TimeSpan.FromDays(31));
        Assert.Equal([("near", start + 10), ("far", start + (30L * 24 * 60 * 60 * 1000))], _fired);
    }

    [Fact]
    public void Nothing_of_a_life_happens_after_its_end()
    {
        using var timers = new TimerQueue(new VirtualTime(_agenda, _life));
        timers.Set(new NamedTimer(this, "late"), _agenda.NowMs + 10);
        _life.End();
        RunFor(TimeSpan.FromSeconds(1));
        Assert.Empty(_fired);
    }

    [Fact]
    public void A_periodic_timer_comes_again_until_it_is_changed()
    {
        var count = 0;
        using var timer = new VirtualTime(_agenda, _life)
            .CreateTimer(_ => count++, state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal(3, count);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        RunFor(TimeSpan.FromSeconds(5));
        Assert.Equal(3, count);
    }

    [Fact]
    public void What_is_planned_for_one_time_happens_in_the_order_of_planning()
    {
        var seen = new List<int>();
        for (var i = 0; i < 100; i++)
        {
            var number = i;
            _agenda.In(TimeSpan.FromSeconds(1), () => seen.Add(number));
        }

        RunFor(TimeSpan.FromSeconds(1));
        Assert.Equal(Enumerable.Range(0, 100), seen);
    }

    private void RunFor(TimeSpan time)
    {
        var end = _agenda.Elapsed + time;
        while (_agenda.Step(end))
        {
        }
    }

    private sealed class NamedTimer(VirtualTimeTests test, string name) : TimerEntry
    {
        protected internal override void Fire() => test._fired.Add((name, test._agenda.NowMs));
    }
}
