using Cluster.Node.Actors;

namespace Cluster.Node.Tests.Simulation;

/// <summary>Runs the turns of one life on the simulation's one thread, each after a small pause by chance, so that seeds differ in who is first.</summary>
internal sealed class SimulationDispatcher(Agenda agenda, NodeLife life, SimulationRandom random) : IDispatcher
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(1);

    public void Schedule(IRunnable runnable)
    {
        if (!life.IsAlive)
            return;
        agenda.In(random.Span(TimeSpan.Zero, LongestPause), () =>
        {
            if (life.IsAlive)
                runnable.Run();
        });
    }
}
