using System.Diagnostics.Metrics;

namespace Cluster.Node.Sharding;

/// <summary>What is counted of shards.</summary>
public sealed class ShardingMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Sharding";

    /// <summary>The counters of this process.</summary>
    public static readonly ShardingMetrics OfProcess = new(new Meter(MeterName));

    private long _held;

    /// <summary>Makes the counters on a meter.</summary>
    public ShardingMetrics(Meter meter) => meter.CreateObservableGauge(
        "cluster_shards_held", () => Interlocked.Read(ref _held), description: "Shards that this node holds, where several nodes share them.");

    internal void Holds(int shards) => Interlocked.Exchange(ref _held, shards);
}
