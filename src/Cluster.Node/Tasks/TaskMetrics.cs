using System.Diagnostics.Metrics;

namespace Cluster.Node.Tasks;

/// <summary>What is counted about calls of work outside, under the meter <see cref="MeterName"/>.</summary>
public sealed class TaskMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Tasks";

    private readonly Meter _meter = new(MeterName);
    private readonly UpDownCounter<long> _running;
    private readonly UpDownCounter<long> _waiting;
    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    /// <summary>New counters, at zero.</summary>
    public TaskMetrics()
    {
        _running = _meter.CreateUpDownCounter<long>("cluster.tasks.running", "{call}", "Calls that are out.");
        _waiting = _meter.CreateUpDownCounter<long>("cluster.tasks.waiting", "{call}", "Calls that wait for a slot of their function.");
        _calls = _meter.CreateCounter<long>("cluster.tasks.calls", "{call}", "Calls that ended, by outcome: succeeded, failed or cancelled.");
        _duration = _meter.CreateHistogram<double>("cluster.tasks.duration", "s", "How long calls were out.");
    }

    /// <summary>The counters of this process.</summary>
    public static TaskMetrics OfProcess { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Waits() => _waiting.Add(1);

    internal void WaitsNoMore() => _waiting.Add(-1);

    internal void Runs() => _running.Add(1);

    internal void Ended(TaskOutcome? outcome, TimeSpan duration)
    {
        _running.Add(-1);
        _duration.Record(duration.TotalSeconds);
        var name = outcome switch
        {
            TaskOutcome.Succeeded => "succeeded",
            TaskOutcome.Failed => "failed",
            _ => "cancelled",
        };
        _calls.Add(1, KeyValuePair.Create("outcome", (object?)name));
    }
}
