using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Cluster.Node.Database;
using Cluster.Node.Hosting;
using Cluster.Node.Journal;
using Cluster.Node.Tests.Timers;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Cluster.Node.Tests.Hosting;

/// <summary>A process looks for what need not be kept at a fixed pace, whatever came of the time before.</summary>
public sealed class RetentionLoopTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ManualClock _clock = new();
    private readonly Meter _meter = new("test");
    private readonly ConcurrentQueue<long> _failures = new();
    private readonly MeterListener _listener = new();

    public RetentionLoopTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == _meter && instrument.Name is "cluster_retention_failures")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => _failures.Enqueue(value));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task It_begins_a_minute_after_the_start_and_comes_again_each_hour()
    {
        var store = new Refusing(null);
        await using var loop = Begin(store);
        _clock.Advance(RetentionLoop.FirstAfter - TimeSpan.FromMilliseconds(1));
        Assert.Empty(store.Moments);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await store.CameAsync(1);
        for (var round = 2; round <= 4; round++)
        {
            _clock.Advance(Hour);
            await store.CameAsync(round);
        }

        Assert.Equal([0, 60, 120, 180], store.Moments.Select(moment => (moment.Now - store.Moments.First().Now) / 60_000));
        var first = store.Moments.First();
        Assert.Equal((90L * 86_400_000, 100L * 86_400_000), (first.Now - first.KeptFrom, first.Now - first.LogFrom));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_round_that_fails_is_counted_and_the_next_one_comes(bool isUnavailable)
    {
        var store = new Refusing(isUnavailable ? new StoreUnavailableException("gone") : new InvalidOperationException("broken"));
        await using var loop = Begin(store);
        _clock.Advance(RetentionLoop.FirstAfter);
        await store.CameAsync(1);
        _clock.Advance(Hour);
        await store.CameAsync(2);
        Assert.NotEmpty(_failures);
    }

    private RetentionLoop Begin(IRetentionStore store)
    {
        var metrics = new RetentionMetrics(_meter);
        var rules = new RetentionRules(RetentionRules.Default, [new MachineRetention("a", TimeSpan.FromDays(100))]);
        return new RetentionLoop(
            new RetentionRound(store, rules, _clock, TimeSpan.Zero, metrics), Hour, _clock, metrics, NullLogger<RetentionLoop>.Instance);
    }

    /// <summary>Never gives the turn.</summary>
    private sealed class Refusing(Exception? failure) : IRetentionStore
    {
        private readonly SemaphoreSlim _came = new(0);

        public ConcurrentQueue<RetentionMoment> Moments { get; } = new();

        public ValueTask<IRetentionTurn?> TryBeginAsync(RetentionMoment moment, CancellationToken cancellation)
        {
            Moments.Enqueue(moment);
            _came.Release();
            return failure is null ? ValueTask.FromResult<IRetentionTurn?>(null) : ValueTask.FromException<IRetentionTurn?>(failure);
        }

        /// <summary>Waits for the next try, and holds that it is the one of that number.</summary>
        public async Task CameAsync(int number)
        {
            Assert.True(await _came.WaitAsync(TimeSpan.FromSeconds(30)), "nobody came");
            Assert.Equal(number, Moments.Count);
        }
    }
}
