using Cluster.Node.Timers;

namespace Cluster.Node.Sharding;

/// <summary>What all shards of a node share.</summary>
public sealed record ShardRoom
{
    /// <summary>Makes their entities.</summary>
    public required IEntityFactory Entities { get; init; }

    /// <summary>Where they read which entities sleep.</summary>
    public required IWakeSource Wakes { get; init; }

    /// <summary>Timers of sleepers.</summary>
    public required ITimers Timers { get; init; }

    /// <summary>Chance for ids.</summary>
    public required IChance Chance { get; init; }

    /// <summary>Whether the node drains.</summary>
    public DrainSwitch Drain { get; init; } = new();
}
