using Cluster.Asl.Json;

namespace Cluster.Asl.Expressions;

/// <summary>Chance made of a given seed (SplitMix64): the same seed gives the same numbers in every process.</summary>
internal static class Chance
{
    /// <summary>The step from one state of the source to the next.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>Scatters a number over all 64-bit numbers; neighbours share nothing visible.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A seed as a number from 0 to 1 (exclusive), of the 53 bits that a double holds.</summary>
    public static double Unit(ulong seed) => (seed >> 11) * (1.0 / (1UL << 53));

    /// <summary>A seed for one purpose, made of another seed.</summary>
    public static ulong Derive(ulong seed, ulong purpose) => Mix(seed ^ Mix(purpose + Step));

    /// <summary>A seed for one of several places, made of another seed.</summary>
    public static ulong Derive(ulong seed, string place) => place.Length == 0 ? seed : Derive(seed, StableHash.Long(place));
}
