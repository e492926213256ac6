using Cluster.Node.Actors;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Journal;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>Pages of tasks that wait for a worker out of the store, a little later and sometimes not.</summary>
internal sealed class SimulatedPendingTasks(World world, NodeLife life) : IPendingTaskSource
{
    private const int PageSize = 4;

    public void Read(ActivityName activity, PendingTask? after, ActorRef replyTo)
    {
        if (!life.IsAlive)
            return;
        world.Agenda.In(world.Network.Travel() + world.StallTime, () =>
        {
            var page = ReadPage(activity, after);
            world.Agenda.In(world.Network.Travel(), () => life.Do(() => replyTo.Tell(page)));
        });
    }

    private bool IsCut => world.Network.IsCut(life.Node, Network.Store) || world.Network.IsCut(Network.Store, life.Node);

    private PendingPage ReadPage(ActivityName activity, PendingTask? after)
    {
        if (IsCut || world.Faults.Strikes(FaultKind.PendingReadFailed, 0.02))
            return new PendingPage([], IsLast: true, Failed: true);
        var tasks = World.Now(world.Store.ReadPendingAsync(
            activity.Account, activity.Region, activity.Name, after, PageSize, CancellationToken.None));
        return new PendingPage(tasks, IsLast: tasks.Count < PageSize, Failed: false);
    }
}
