using Cluster.Asl.Interpreter;
using Cluster.Node.Actors;

namespace Cluster.Node.Executions.Letters;

/// <summary>What one execution tells another, again until it is delivered. Whoever gets one twice finds that nothing is left to do: the closed family.</summary>
public abstract record Letter
{
    private Letter()
    {
    }

    /// <summary>To the parent: the execution that is a part of its task has ended.</summary>
    /// <param name="Token">The task's token.</param>
    /// <param name="Word">How it has ended.</param>
    public sealed record EndTask(string Token, TaskWord Word) : Letter;

    /// <summary>To a child: its parent's task was given up.</summary>
    /// <param name="ExecutionArn">The child.</param>
    /// <param name="Of">The task's call, by which the sender knows the letter again.</param>
    public sealed record Stop(string ExecutionArn, OutstandingCall Of) : Letter;
}

/// <summary>To the sender of a letter: what became of it.</summary>
/// <param name="What">The letter.</param>
/// <param name="Delivered">Whether it was heard, or there is nobody left who could hear it; otherwise it must be sent again.</param>
public sealed record LetterAnswered(Letter What, bool Delivered);

/// <summary>Carries letters between executions.</summary>
public interface ILetters
{
    /// <summary>Sends a letter; the answer is a <see cref="LetterAnswered"/>, inside a message to the sending execution's mailbox.</summary>
    void Send(Letter letter, ActorRef replyTo);
}

/// <summary>Carries nothing: for a node whose executions have neither parents nor children.</summary>
public sealed class NoLetters : ILetters
{
    /// <summary>The one instance.</summary>
    public static readonly NoLetters Instance = new();

    private NoLetters()
    {
    }

    /// <inheritdoc/>
    public void Send(Letter letter, ActorRef replyTo) => throw new InvalidOperationException($"Nobody carries {letter.GetType().Name}.");
}
