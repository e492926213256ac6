using Cluster.Node.Tests.Simulation.Sabotages;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What kind of world it is.</summary>
/// <param name="Nodes">How many nodes there are from the beginning.</param>
/// <param name="MostNodes">How many there may be at a time.</param>
internal sealed record WorldShape(int Nodes, int MostNodes)
{
    /// <summary>One process that holds every shard and is killed and started again, as on SQLite.</summary>
    internal static readonly WorldShape Single = new(1, 1);

    /// <summary>Nodes that share a store and divide its shards by the register.</summary>
    internal static readonly WorldShape Cluster = new(3, 5);

    internal bool IsCluster => MostNodes > 1;
}

/// <summary>All that decides what happens in a world.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Shape">What kind of world it is.</param>
internal sealed record WorldPlan(ulong Seed, WorldShape Shape)
{
    /// <summary>The faults that may strike; null for all.</summary>
    internal IReadOnlySet<FaultMark>? Only { get; init; }

    /// <summary>Whether it ends with the first violation.</summary>
    internal bool EndsAtViolation { get; init; }

    /// <summary>The virtual time at which it ends, whatever is open then; null for all of it.</summary>
    internal TimeSpan? EndsAfter { get; init; }

    /// <summary>What is broken in it on purpose.</summary>
    internal Sabotage Sabotage { get; init; } = Sabotage.None;

    /// <summary>Where each step is written, or null.</summary>
    internal TextWriter? TraceOut { get; init; }
}
