namespace Cluster.Node.Actors;

/// <summary>A message in a mailbox.</summary>
/// <param name="Message">The message; immutable.</param>
/// <param name="Sender">Who gets an answer, or null.</param>
public readonly record struct Envelope(object Message, ActorRef? Sender);

/// <summary>
/// An actor: state that only its own mailbox touches, one message at a time. It never awaits and never blocks: a port takes a request
/// and answers by a message.
/// </summary>
/// <remarks>
/// An exception out of any of its methods ends the actor; its supervisor hears of it by <see cref="Terminated"/> and decides. The methods run
/// on different threads, but never two at a time, and each sees all that the one before it wrote.
/// </remarks>
public abstract class Actor
{
    /// <summary>The actor's own reference; set before <see cref="PreStart"/>.</summary>
    public ActorRef Self { get; internal set; } = null!;

    /// <summary>The system that runs the actor; set before <see cref="PreStart"/>.</summary>
    public ActorSystem System { get; internal set; } = null!;

    /// <summary>Whether more messages wait behind the one that is being handled.</summary>
    protected bool HasMail => ((ActorCell)Self).HasMail;

    /// <summary>Runs once, in the actor's own turn, before its first message, also when it is stopped before it could read one.</summary>
    public virtual void PreStart()
    {
    }

    /// <summary>Handles one message.</summary>
    public abstract void Receive(in Envelope message);

    /// <summary>Runs once after the last message, also after a failure, and before the supervisor hears of the end.</summary>
    public virtual void PostStop()
    {
    }
}
