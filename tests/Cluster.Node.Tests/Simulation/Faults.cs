namespace Cluster.Node.Tests.Simulation;

/// <summary>Decides what goes wrong, by chance and only until the healing begins, and counts it, and the landmarks that were passed.</summary>
internal sealed class Faults(SimulationRandom random)
{
    private readonly long[] _counts = new long[Enum.GetValues<FaultKind>().Length];
    private readonly long[] _landmarks = new long[Enum.GetValues<Landmark>().Length];

    /// <summary>No more faults from now on: what is open must end.</summary>
    internal bool Healed { get; set; }

    internal IReadOnlyList<long> Counts => _counts;

    internal IReadOnlyList<long> Landmarks => _landmarks;

    internal void Count(FaultKind kind) => _counts[(int)kind]++;

    internal void Passed(Landmark landmark, long times = 1) => _landmarks[(int)landmark] += times;

    /// <summary>Whether a fault happens now; counts it when it does.</summary>
    internal bool Strikes(FaultKind kind, double probability)
    {
        if (Healed || !random.Chance(probability))
            return false;
        Count(kind);
        return true;
    }
}
