namespace Cluster.Node.Tests.Simulation;

/// <summary>What one seed gave.</summary>
/// <param name="Plan">What it was made from.</param>
/// <param name="TraceHash">The hash of everything that happened.</param>
/// <param name="Steps">How many steps that was.</param>
/// <param name="Elapsed">Virtual time.</param>
/// <param name="Executions">Executions that were started.</param>
/// <param name="Faults">How often each <see cref="FaultKind"/> struck.</param>
/// <param name="Landmarks">How often each <see cref="Landmark"/> was passed.</param>
/// <param name="Violations">What must not be; empty when all is well.</param>
/// <param name="Struck">The faults that struck by decision.</param>
/// <param name="LastLines">The last steps, when something was violated.</param>
internal sealed record SimulationResult(
    WorldPlan Plan,
    ulong TraceHash,
    long Steps,
    TimeSpan Elapsed,
    int Executions,
    IReadOnlyList<long> Faults,
    IReadOnlyList<long> Landmarks,
    IReadOnlyList<string> Violations,
    IReadOnlyList<StruckFault> Struck,
    IReadOnlyList<string> LastLines)
{
    /// <summary>How to see this seed alone.</summary>
    internal string Repeat => $"make simulate SEED={Plan.Seed}{(Plan.Shape.IsCluster ? "" : " NODES=1")}"
        + (Plan.Only is null ? "" : $" ONLY={string.Join(',', Struck.Select(struck => struck.Mark))}");

    internal ulong Seed => Plan.Seed;

    internal static SimulationResult Of(WorldPlan plan) => new World(plan).Run();
}
