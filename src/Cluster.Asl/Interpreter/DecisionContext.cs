namespace Cluster.Asl.Interpreter;

/// <summary>All that a decision may know of the world.</summary>
/// <param name="Now">The time, in Unix milliseconds.</param>
/// <param name="Seed">Chance for this decision.</param>
/// <param name="Limits">The limits.</param>
/// <param name="BranchesApart">
/// Whether branches are run apart, by whoever gets <see cref="Decision.Ready"/>; otherwise the decision runs them itself, one step of each
/// after the other.
/// </param>
/// <param name="Environment">The node, or null for <see cref="PlainEnvironment"/>.</param>
public readonly record struct DecisionContext(
    long Now, ulong Seed, Limits Limits, bool BranchesApart = false, IDecisionEnvironment? Environment = null)
{
    /// <summary>The node.</summary>
    public IDecisionEnvironment Node => Environment ?? PlainEnvironment.Instance;
}
