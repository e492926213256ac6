namespace Cluster.Node.Actors;

/// <summary>
/// Tells a supervisor that an actor has ended, after its PostStop has run. It comes once, before any <see cref="DeadLetter"/> of that actor.
/// </summary>
/// <param name="Actor">The actor that ended.</param>
/// <param name="Failure">Why, or null when it was stopped.</param>
/// <param name="Unread">The messages that it never handled, oldest first; the one that it failed on is not among them.</param>
public sealed record Terminated(ActorRef Actor, Exception? Failure, IReadOnlyList<Envelope> Unread);
