namespace Cluster.Integration.Tests.Faults;

/// <summary>What a rig is made of.</summary>
internal sealed record FaultSettings
{
    /// <summary>How long the lease of a node lasts.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);

    public int Nodes { get; init; } = 1;

    /// <summary>How many callers there are; with several nodes each starts what belongs to a shard of its own.</summary>
    public int Callers { get; init; } = 16;

    /// <summary>How long a caller rests after an acknowledgement.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether calls and waits are short.</summary>
    public bool Brisk { get; init; } = true;

    /// <summary>Whether nodes reach the database by lines that can be cut and held.</summary>
    public bool Cuttable { get; init; }

    /// <summary>The environment of each of several nodes.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["CLUSTER_SHARDING__LEASE"] = "3s",
        ["CLUSTER_SHARDING__MARGIN"] = "500ms",
        ["CLUSTER_SHARDING__RENEW"] = "200ms",
        ["CLUSTER_SHARDING__SETTLE"] = "1s",
    };

    /// <summary>
    /// Several nodes, with a caller for each shard: about as many starts a second as of one node, and fewer in the long forms, which have to
    /// judge them all.
    /// </summary>
    public static FaultSettings Shared { get; } =
        new() { Nodes = 2, Callers = 64, Pause = TimeSpan.FromMilliseconds(FaultCollection.IsSoak ? 1_000 : 400) };
}
