using Cluster.Node.Actors;
using Cluster.Node.Executions.Letters;

namespace Cluster.Node.Tests.Simulation.Sabotages;

/// <summary>Nobody stops the child of a task that was given up.</summary>
internal sealed class OrphansLeft : Sabotage
{
    internal override ILetters Letters(ILetters letters) => new Lenient(letters);

    private sealed class Lenient(ILetters letters) : ILetters
    {
        public void Send(Letter letter, ActorRef replyTo)
        {
            if (letter is Letter.Stop)
                replyTo.Tell(new LetterAnswered(letter, Delivered: true));
            else
                letters.Send(letter, replyTo);
        }
    }
}
