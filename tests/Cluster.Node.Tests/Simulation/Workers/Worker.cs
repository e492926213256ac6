using Cluster.Node.Executions.Activities;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>A worker of an activity: it polls at any node, and again, and works at what it gets.</summary>
internal sealed class Worker(World world, SimulationRandom random, string name, ActivityName activity, Func<bool> isOver)
{
    private static readonly TimeSpan Patience = TaskDoor.LongestPoll + TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    private int _polls;

    internal void Begin() => world.Agenda.In(random.Span(TimeSpan.Zero, LongestRest), Poll);

    private void Poll()
    {
        if (isOver())
            return;
        var node = WorkerPool.Anyone(world, random);
        var poll = new TaskAsk.Poll($"{name}-{++_polls}", activity);
        var isGone = false;
        new WorkerCall(world, poll, Patience, answer =>
        {
            if (answer is ActivityAnswer.Given given && !isGone)
                Work(given.Token, node);
            world.Agenda.In(random.Span(TimeSpan.Zero, LongestRest), Poll);
        }).Send(node);
        if (world.Faults.Dice(FaultKind.PollAbandoned, 0.05) is { } dice)
        {
            world.Agenda.In(dice.Span(TimeSpan.Zero, TaskDoor.LongestPoll), () =>
            {
                isGone = true;
                world.Network.Send(Network.Clients, node, () => world.Slots[node].Enter(there => there.Tasks.Abandon(poll)));
            });
        }
    }

    private void Work(string token, int node) => new TokenHolder(world, random.Fork(), $"{name}-{_polls}", token, node).Begin();
}
