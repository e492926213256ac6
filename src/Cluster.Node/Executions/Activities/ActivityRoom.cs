using Cluster.Node.Sharding;
using Cluster.Node.Timers;

namespace Cluster.Node.Executions.Activities;

/// <summary>What all activities of a node share.</summary>
public sealed record ActivityRoom
{
    /// <summary>The executions.</summary>
    public required ShardRegion Region { get; init; }

    /// <summary>Where tasks that wait are read.</summary>
    public required IPendingTaskSource Tasks { get; init; }

    /// <summary>Timers.</summary>
    public required ITimers Timers { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The partition in the ARNs of its activities.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The time in Unix milliseconds.</summary>
    public long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();
}
