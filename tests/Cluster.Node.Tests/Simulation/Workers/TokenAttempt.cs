using Cluster.Asl.Interpreter;
using Cluster.Node.Tasks.Tokens;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>One attempt that has a token, as the committed rows and the answers of nodes tell it.</summary>
/// <param name="key">Which attempt.</param>
/// <param name="scheduled">Its beginning.</param>
/// <param name="isActivity">Whether a worker gets the token; otherwise the call hands it out.</param>
/// <param name="owner">The node that held its shard then.</param>
internal sealed class TokenAttempt(TaskToken key, TaskScheduled scheduled, bool isActivity, int owner)
{
    internal TaskToken Key => key;

    internal TaskScheduled Scheduled => scheduled;

    internal string Token => scheduled.Token!;

    internal bool IsActivity => isActivity;

    internal int Owner => owner;

    /// <summary>The epoch of its shard when somebody had the token; null before.</summary>
    internal long? HeldAt { get; set; }

    /// <summary>The task was given to a worker, or its call was answered.</summary>
    internal bool IsDelegated { get; set; }

    /// <summary>Somebody outside has got the token.</summary>
    internal bool HasHolder { get; set; }

    /// <summary>The token has left a node for a worker.</summary>
    internal bool WasGiven { get; set; }

    /// <summary>The number of the word that is kept until the call is answered.</summary>
    internal int? Kept { get; set; }

    /// <summary>The number of the word that was answered with 200.</summary>
    internal int? Acknowledged { get; set; }

    /// <summary>How it has ended; null while it goes on.</summary>
    internal ExecutionEvent? End { get; set; }

    /// <summary>The number of the word by which it has ended, if it was one.</summary>
    internal int? EndedBy { get; set; }

    /// <summary>When the last heartbeat that was answered with 200 came to its node, in true Unix milliseconds.</summary>
    internal long LastBeat { get; set; }
}
