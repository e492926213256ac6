using Cluster.Node.Actors;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One request as it came to the region of one life of a node: it is answered once, unless that life ends first.</summary>
/// <param name="world">The world.</param>
/// <param name="life">The life of the node that was asked.</param>
/// <param name="number">The number of the request.</param>
/// <param name="entity">The execution that it is about: its id, or the name under which it is to start.</param>
/// <param name="shard">The shard of it.</param>
/// <param name="answered">Who gets the answer.</param>
internal sealed class Session(World world, NodeLife life, long number, string entity, int shard, Action<object> answered) : ActorRef
{
    /// <summary>A node that lives answers within this time, whatever goes wrong.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What a process that was frozen may still need.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(20);

    private bool _done;

    public override string Name => entity;

    internal long Number => number;

    /// <summary>Whoever asked has gone away, and need not be answered.</summary>
    internal bool IsAbandoned { get; set; }

    public override void Tell(object message, ActorRef? sender = null)
    {
        if (!life.IsAlive)
            return;
        world.Stepped(life, "session", entity, message.GetType().Name);
        if (_done)
        {
            world.Invariants.Violated($"{entity}: a request was answered twice, now with {message}");
            return;
        }

        _done = true;
        if (life.IsAlive)
            answered(message);
    }

    /// <summary>Notices a request that nobody answers.</summary>
    internal void Watch() => world.Agenda.In(Patience, () => life.Do(() => world.Agenda.In(Afterwards, () => life.Do(() =>
    {
        // The message at which an actor fails is lost with it, and so is what it had not answered.
        if (!_done && !IsAbandoned && !world.Invariants.HasFailed(entity) && !world.Invariants.HasFailed($"{life.Number} shard-{shard}"))
            world.Invariants.Violated($"{entity}: a request was not answered by a node that lives");
    }))));
}
