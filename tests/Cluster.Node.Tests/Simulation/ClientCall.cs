namespace Cluster.Node.Tests.Simulation;

/// <summary>One call of a client: it is answered once, or given up, and then nobody knows what came of it.</summary>
/// <param name="world">The world.</param>
/// <param name="client">Which client.</param>
/// <param name="ask">What is asked.</param>
/// <param name="answered">Who gets the answer, or null when none comes.</param>
internal sealed class ClientCall(World world, int client, Ask ask, Action<object?> answered)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly long _began = world.Agenda.NowMs;
    private bool _done;
    private string _node = "";

    internal void Send(int node)
    {
        var slot = world.Slots[node];
        _node = slot.Address;
        if (slot.Node is null)
        {
            world.Agenda.In(world.Network.Travel(), () => Done(answer: null));
            return;
        }

        world.Network.Send(Network.Clients, node, () => slot.Enter(there => there.Front.Serve(ask, answer =>
            world.Network.Send(node, Network.Clients, () => Done(answer)))));
        world.Agenda.In(Patience, () => Done(answer: null));
    }

    private void Done(object? answer)
    {
        if (_done)
            return;
        _done = true;
        world.Trace("client", ask.About.Name, answer?.GetType().Name ?? "nothing");
        world.Log.Called(client, ask, _began, answer, _node);
        answered(answer);
    }
}
