using Cluster.Node.Executions.Activities;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>The workers of all activities, and whoever has got a token of a call.</summary>
internal sealed class WorkerPool(World world, SimulationRandom random)
{
    /// <summary>The activities that machines name.</summary>
    internal static readonly IReadOnlyList<ActivityName> Activities =
        [new(Workload.Account, Workload.Region, "approve"), new(Workload.Account, Workload.Region, "inspect")];

    private const int WorkersPerActivity = 4;

    private int _holders;

    internal void Plan(Func<bool> isOver)
    {
        foreach (var activity in Activities)
        {
            for (var i = 0; i < WorkersPerActivity; i++)
                new Worker(world, random.Fork(), $"{activity.Name}-{i}", activity, isOver).Begin();
        }
    }

    /// <summary>A function was called with a token, and gives it to somebody.</summary>
    internal void Handed(string token) =>
        new TokenHolder(world, random.Fork(), $"holder-{++_holders}", token, Anyone(world, random)).Begin();

    /// <summary>Most know which nodes there are; some ask where nobody is.</summary>
    internal static int Anyone(World world, SimulationRandom random)
    {
        var there = world.Slots.Where(slot => slot.IsPartOfCluster).Select(slot => slot.Index).ToArray();
        return there.Length == 0 || random.Chance(0.03) ? random.Below(world.Slots.Count) : random.Of(there);
    }
}
