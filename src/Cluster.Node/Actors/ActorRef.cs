namespace Cluster.Node.Actors;

/// <summary>The address of an actor. Cheap to copy and safe from any thread.</summary>
public abstract class ActorRef
{
    /// <summary>The actor's name, for logs.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Puts a message into the actor's mailbox; never blocks. Messages of one sender arrive in order. When the actor has ended its supervisor
    /// gets them as <see cref="DeadLetter"/>s, in order too.
    /// </summary>
    public abstract void Tell(object message, ActorRef? sender = null);
}
