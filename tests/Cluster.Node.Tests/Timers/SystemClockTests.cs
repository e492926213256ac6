using Cluster.Node.Timers;
using Xunit;

namespace Cluster.Node.Tests.Timers;

/// <summary>The queue on the machine's own clock and threads, where a real wait is the point.</summary>
public sealed class SystemClockTests
{
    [Fact]
    public async Task Timers_set_from_many_threads_all_fire_once_and_never_early()
    {
        const int Threads = 4;
        const int Each = 500;
        using var queue = new TimerQueue(TimeProvider.System);
        var left = new CountdownEvent(Threads * Each);
        var early = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                queue.Set(new CheckedTimer(left, () => Interlocked.Increment(ref early)), NowMs + (i * 7 % 50));
        })));
        Assert.True(left.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, early);
        Assert.Equal(0, queue.Count);
    }

    private static long NowMs => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private sealed class CheckedTimer(CountdownEvent left, Action whenEarly) : TimerEntry
    {
        protected internal override void Fire()
        {
            if (NowMs < DueAt)
                whenEarly();
            left.Signal();
        }
    }
}
