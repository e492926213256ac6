using System.Diagnostics.Metrics;

namespace Cluster.Node.Observation;

/// <summary>What is counted of records.</summary>
public sealed class ObservationMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Observation";

    /// <summary>The counters of this process.</summary>
    public static readonly ObservationMetrics OfProcess = new(new Meter(MeterName));

    private readonly Counter<long> _taken;
    private readonly Counter<long> _dropped;

    /// <summary>Makes the counters on a meter.</summary>
    public ObservationMetrics(Meter meter)
    {
        _taken = meter.CreateCounter<long>("cluster_records", description: "Records of executions that were given to the sinks, by kind.");
        _dropped = meter.CreateCounter<long>(
            "cluster_records_dropped",
            description: "Records of executions that were dropped, by kind: because too many waited (queue), or a sink could not take them (sink).");
    }

    /// <summary>Records were given to the sinks.</summary>
    /// <param name="kind"><c>log</c> or <c>status</c>.</param>
    /// <param name="count">How many.</param>
    public void Taken(string kind, int count) => _taken.Add(count, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>Records were dropped because too many waited, or the process ended.</summary>
    public void DroppedByQueue(string kind, int count) => Dropped(kind, "queue", count);

    /// <summary>Records were dropped because a sink could not take them.</summary>
    public void DroppedBySink(string kind, int count) => Dropped(kind, "sink", count);

    private void Dropped(string kind, string reason, int count) => _dropped.Add(
        count, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("reason", reason));
}
