using Cluster.Node.Actors;
using Cluster.Node.Timers;

namespace Cluster.Node.Sharding;

/// <summary>A timer that tells an actor a message.</summary>
public sealed class MessageTimer(ActorRef target, object message) : TimerEntry
{
    /// <inheritdoc/>
    protected internal override void Fire() => target.Tell(message);
}
