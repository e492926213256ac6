using Cluster.Node.Actors;
using Cluster.Node.Timers;

namespace Cluster.Node.Executions;

/// <summary>A timer that tells an actor something.</summary>
/// <param name="recipient">The actor.</param>
/// <param name="message">What it is told.</param>
public sealed class MessageTimer(ActorRef recipient, object message) : TimerEntry
{
    /// <summary>What the actor is told.</summary>
    public object Message { get; } = message;

    /// <inheritdoc/>
    protected internal override void Fire() => recipient.Tell(Message);
}
