namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// Chance from a seed (SplitMix64), the same on every machine and in every version of .NET. Each part of a simulation draws from a fork of
/// its own, so that one more draw in one part does not change all others.
/// </summary>
internal sealed class SimulationRandom(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state = seed;

    internal ulong Next()
    {
        _state += Golden;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="bound"/>, exclusive.</summary>
    internal int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number from <paramref name="first"/> to <paramref name="last"/>, inclusive.</summary>
    internal int Between(int first, int last) => first + Below(last - first + 1);

    internal bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    internal TimeSpan Span(TimeSpan shortest, TimeSpan longest) =>
        shortest + TimeSpan.FromTicks((long)(Next() % (ulong)((longest - shortest).Ticks + 1)));

    internal T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    internal SimulationRandom Fork() => new(Next() ^ Golden);
}
