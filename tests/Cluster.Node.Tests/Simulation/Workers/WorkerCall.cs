namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>One call of a worker: it is answered once, or given up, and then nobody knows what came of it.</summary>
/// <param name="world">The world.</param>
/// <param name="ask">What is asked.</param>
/// <param name="patience">How long it waits.</param>
/// <param name="answered">Who gets the answer, or null when none comes.</param>
internal sealed class WorkerCall(World world, TaskAsk ask, TimeSpan patience, Action<object?> answered)
{
    private bool _done;

    internal void Send(int node)
    {
        var slot = world.Slots[node];
        if (slot.Node is null)
        {
            world.Agenda.In(world.Network.Travel(), () => Done(answer: null));
            return;
        }

        world.Network.Send(Network.Clients, node, () => slot.Enter(there => there.Tasks.Serve(ask, answer =>
            world.Network.Send(node, Network.Clients, () => Done(answer)))));
        world.Agenda.In(patience, () => Done(answer: null));
    }

    private void Done(object? answer)
    {
        if (_done)
            return;
        _done = true;
        world.Trace("worker", ask.Who, answer?.GetType().Name ?? "nothing");
        answered(answer);
    }
}
