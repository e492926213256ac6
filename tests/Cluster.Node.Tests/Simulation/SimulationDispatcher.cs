using Cluster.Node.Actors;

namespace Cluster.Node.Tests.Simulation;

/// <summary>Runs the turns of one life on the simulation's one thread, each after a small pause by chance, so that seeds differ in who is first.</summary>
internal sealed class SimulationDispatcher(Agenda agenda, NodeLife life, Faults faults, SimulationRandom random) : IDispatcher
{
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongPause = TimeSpan.FromMilliseconds(400);

    public void Schedule(IRunnable runnable)
    {
        if (!life.IsAlive)
            return;
        var pause = faults.Strikes(FaultKind.SlowTurn, 0.02) ? LongPause : ShortPause;
        agenda.In(random.Span(TimeSpan.Zero, pause), () => life.Do(runnable.Run));
    }
}
