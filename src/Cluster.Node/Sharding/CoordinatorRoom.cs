using Cluster.Node.Actors;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Sharding;

/// <summary>The ports and settings of a <see cref="ShardCoordinator"/>.</summary>
public sealed record CoordinatorRoom
{
    /// <summary>The nodes and shards of the store.</summary>
    public required IRegisterPort Register { get; init; }

    /// <summary>The shards of this node; the coordinator alone starts and ends them.</summary>
    public required ShardRegion Region { get; init; }

    /// <summary>The node's lease; the coordinator alone extends and ends it.</summary>
    public required Lease Lease { get; init; }

    /// <summary>Times and bounds.</summary>
    public LeaseSettings Settings { get; init; } = new();

    /// <summary>What is counted.</summary>
    public ShardingMetrics Metrics { get; init; } = ShardingMetrics.OfProcess;

    /// <summary>Gets <see cref="HasJoined"/> once the node holds what falls to it at first; null for nobody.</summary>
    public ActorRef? Joined { get; init; }

    /// <summary>Where what happens to shards is told.</summary>
    public required ILogger Log { get; init; }
}
