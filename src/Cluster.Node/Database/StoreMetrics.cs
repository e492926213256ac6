using System.Diagnostics.Metrics;

namespace Cluster.Node.Database;

/// <summary>What is told about the store, under the meter <see cref="MeterName"/>.</summary>
public sealed class StoreMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Database";

    private int _full;

    /// <summary>Makes the instruments on a meter.</summary>
    public StoreMetrics(Meter meter) => meter.CreateObservableGauge(
        "cluster_store_full",
        () => Volatile.Read(ref _full),
        description: "1 from a write that found no room in the store until one that does, else 0.");

    /// <summary>The instruments of this process.</summary>
    public static StoreMetrics OfProcess { get; } = new(new Meter(MeterName));

    /// <summary>The store has no room, or has again.</summary>
    internal void Full(bool isFull) => Volatile.Write(ref _full, isFull ? 1 : 0);
}
