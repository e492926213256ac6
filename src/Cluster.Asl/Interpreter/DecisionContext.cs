namespace Cluster.Asl.Interpreter;

/// <summary>All that a decision may know of the world.</summary>
/// <param name="Now">The time, in Unix milliseconds.</param>
/// <param name="Seed">Chance for this decision.</param>
/// <param name="Limits">The limits.</param>
/// <param name="BranchesApart">
/// Whether branches are run apart, by whoever gets <see cref="Decision.Ready"/>; otherwise the decision runs them itself, one step of each
/// after the other.
/// </param>
public readonly record struct DecisionContext(long Now, ulong Seed, Limits Limits, bool BranchesApart = false)
{
    /// <summary>A number drawn uniformly from 0 to 1 (exclusive) for one purpose of this decision.</summary>
    /// <param name="salt">Distinguishes the purposes.</param>
    internal double Chance(ulong salt)
    {
        // SplitMix64: two decisions with neighbouring seeds share nothing visible.
        var z = Seed + (salt * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
