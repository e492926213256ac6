using Cluster.Node.Actors;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One request of a client to one life of the node: it is answered once, or, when that life ends first, with null.</summary>
/// <param name="world">The world.</param>
/// <param name="life">The life of the node that was asked.</param>
/// <param name="name">The execution that it is about: its id, or the name under which it is to start.</param>
/// <param name="answered">Who gets the answer.</param>
internal sealed class Client(World world, NodeLife life, string name, Action<object?> answered) : ActorRef
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private bool _done;

    public override string Name => name;

    public override void Tell(object message, ActorRef? sender = null)
    {
        if (!life.IsAlive)
            return;
        world.Stepped("client", name, message.GetType().Name);
        if (_done)
            world.Invariants.Violated($"{name}: a request was answered twice, now with {message}");
        else
            Done(message);
    }

    /// <summary>Notices the end of the life, as a broken connection, and a request that nobody answers.</summary>
    internal void GiveUpAfter(TimeSpan patience) => world.Agenda.In(Look, () =>
    {
        if (_done)
            return;
        if (!life.IsAlive)
        {
            Done(answer: null);
        }
        else if (patience <= TimeSpan.Zero)
        {
            // The message at which an actor fails is lost with it, and so is what it had not answered.
            if (!world.Invariants.HasFailed(name))
                world.Invariants.Violated($"{name}: a request was not answered by a node that lives");
            Done(answer: null);
        }
        else
        {
            GiveUpAfter(patience - Look);
        }
    });

    private void Done(object? answer)
    {
        _done = true;
        answered(answer);
    }
}
