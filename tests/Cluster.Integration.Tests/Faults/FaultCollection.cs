using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>What hurts a database or a node is measured, so nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection
{
    public const string Name = "faults";

    /// <summary>Whether the long forms are asked for.</summary>
    internal static bool IsSoak => Environment.GetEnvironmentVariable("CLUSTER_SOAK") == "1";
}
