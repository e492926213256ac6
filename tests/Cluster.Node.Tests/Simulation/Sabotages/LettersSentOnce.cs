using Cluster.Node.Actors;
using Cluster.Node.Executions.Letters;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>A letter that nobody has acknowledged is taken for heard.</summary>
internal sealed class LettersSentOnce : Sabotage
{
    internal override ILetters Letters(ILetters letters) => new Careless(letters);

    private sealed class Careless(ILetters letters) : ILetters
    {
        public void Send(Letter letter, ActorRef replyTo) => letters.Send(letter, new Hopeful(replyTo));
    }

    private sealed class Hopeful(ActorRef replyTo) : ActorRef
    {
        public override string Name => replyTo.Name;

        public override void Tell(object message, ActorRef? sender = null) =>
            replyTo.Tell(message is LetterAnswered answered ? answered with { Delivered = true } : message, sender);
    }
}
