namespace Cluster.Node.Actors;

/// <summary>A message that was told to an actor after its <see cref="Terminated"/>; its supervisor may deliver it elsewhere or answer it.</summary>
/// <param name="Recipient">The actor that has ended.</param>
/// <param name="Letter">The message and who waits for an answer.</param>
public sealed record DeadLetter(ActorRef Recipient, Envelope Letter);
