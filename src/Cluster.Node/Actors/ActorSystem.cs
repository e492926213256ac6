namespace Cluster.Node.Actors;

/// <summary>What happens when an actor's Receive throws: its supervisor gets this message after PostStop has run.</summary>
/// <param name="Actor">The actor that ended.</param>
/// <param name="Failure">Why, or null when it stopped of its own.</param>
public sealed record Terminated(ActorRef Actor, Exception? Failure);

/// <summary>The actors of one process: makes them, runs them, ends them.</summary>
public sealed class ActorSystem(IDispatcher dispatcher, TimeProvider time)
{
    /// <summary>Where turns run.</summary>
    public IDispatcher Dispatcher { get; } = dispatcher;

    /// <summary>The clock of everything in this system.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Starts an actor.</summary>
    /// <param name="name">Its name, for logs.</param>
    /// <param name="actor">The actor, not yet started.</param>
    /// <param name="supervisor">Who gets <see cref="Terminated"/>, or null.</param>
    public ActorRef Spawn(string name, Actor actor, ActorRef? supervisor = null) =>
        throw new InvalidOperationException($"{name}: not built");

    /// <summary>Ends an actor after the message that it is handling; what is still in its mailbox is given to its supervisor as dead letters.</summary>
    public void Stop(ActorRef actor) => throw new InvalidOperationException($"{actor.Name}: not built");
}
