using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Activities;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>What a worker, or whoever has a token, asks of any node: the closed family.</summary>
/// <param name="Who">How it calls itself.</param>
internal abstract record TaskAsk(string Who)
{
    /// <summary>GetActivityTask.</summary>
    internal sealed record Poll(string Who, ActivityName Activity) : TaskAsk(Who);

    /// <summary>SendTaskSuccess or SendTaskFailure.</summary>
    /// <param name="Who">How it calls itself.</param>
    /// <param name="Token">The token.</param>
    /// <param name="Word">The word.</param>
    /// <param name="Number">The number of the word: each is said by one only, and shows in what is said.</param>
    internal sealed record Say(string Who, string Token, TaskWord Word, int Number) : TaskAsk(Who);

    /// <summary>SendTaskHeartbeat.</summary>
    internal sealed record Beat(string Who, string Token) : TaskAsk(Who);
}

/// <summary>What was said was heard: an answer of 200.</summary>
internal sealed record TaskHeard
{
    internal static readonly TaskHeard Instance = new();
}
