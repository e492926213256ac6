using System.Diagnostics.Metrics;

namespace Cluster.Node.Timers;

/// <summary>What is counted about timers, under the meter <see cref="MeterName"/>.</summary>
public sealed class TimerMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Timers";

    private const double MillisecondsPerSecond = 1000;

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<long> _waiting;
    private readonly Histogram<double> _lateness;

    /// <summary>New counters, at zero.</summary>
    public TimerMetrics()
    {
        _waiting = _meter.CreateUpDownCounter<long>("cluster.timers.waiting", "{timer}", "Timers that wait in memory.");
        _lateness = _meter.CreateHistogram<double>("cluster.timers.lateness", "s", "How long after its due time a timer fired.");
    }

    /// <summary>The counters of this process.</summary>
    public static TimerMetrics OfProcess { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Waiting(int more) => _waiting.Add(more);

    internal void Fired(long latenessMilliseconds)
    {
        _waiting.Add(-1);
        _lateness.Record(latenessMilliseconds / MillisecondsPerSecond);
    }
}
