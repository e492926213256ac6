namespace Cluster.Node.Tests.Simulation;

/// <summary>Decides what goes wrong, by chance and only until the healing begins, and counts it.</summary>
internal sealed class Faults(SimulationRandom random)
{
    private readonly long[] _counts = new long[Enum.GetValues<FaultKind>().Length];

    /// <summary>No more faults from now on: what is open must end.</summary>
    internal bool Healed { get; set; }

    internal IReadOnlyList<long> Counts => _counts;

    internal void Count(FaultKind kind) => _counts[(int)kind]++;

    /// <summary>Whether a fault happens now; counts it when it does.</summary>
    internal bool Strikes(FaultKind kind, double probability)
    {
        if (Healed || !random.Chance(probability))
            return false;
        Count(kind);
        return true;
    }
}
