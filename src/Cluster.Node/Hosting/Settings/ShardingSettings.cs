using System.Globalization;
using Cluster.Node.Sharding;

namespace Cluster.Node.Hosting.Settings;

/// <summary>How nodes share the shards of a PostgreSQL store; section <c>sharding</c>. Other stores have one process, which holds all.</summary>
public sealed record ShardingSettings
{
    /// <summary>The node's name, for people.</summary>
    public string Name { get; init; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}");

    /// <summary>Where callers of this node come in, as other nodes tell it; null is the first address that is listened to.</summary>
    public Uri? Address { get; init; }

    /// <summary>Times and bounds.</summary>
    public LeaseSettings Leases { get; init; } = new();
}
