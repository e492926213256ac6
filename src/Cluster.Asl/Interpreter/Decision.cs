using System.Collections.Immutable;

namespace Cluster.Asl.Interpreter;

/// <summary>What must be done outside: the closed family.</summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>Make a call.</summary>
    /// <param name="What">The call.</param>
    public sealed record Call(OutstandingCall What) : Effect;

    /// <summary>Give a call up: its answer is not waited for any more.</summary>
    /// <param name="Scope">The scope that called.</param>
    /// <param name="Visit">The visit that called.</param>
    /// <param name="Attempt">The attempt.</param>
    public sealed record CancelCall(string Scope, long Visit, int Attempt) : Effect;
}

/// <summary>How a command was taken.</summary>
public enum CommandReply : byte
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>The execution had ended before; nothing changed.</summary>
    AlreadyClosed,

    /// <summary>It answers a call, or is of a branch, that nobody waits for any more; nothing changed.</summary>
    NotWaitedFor,
}

/// <summary>What follows from a command.</summary>
/// <param name="Events">What happened, in order; may be empty.</param>
/// <param name="Effects">What must be done outside once the events are durable: the difference to what was outstanding before.</param>
/// <param name="Reply">How the command was taken.</param>
/// <param name="Execution">The execution with the events folded in.</param>
/// <param name="Ready">
/// The branches that can go on now, each to be run apart with <see cref="ScopeDecider.Run"/>; empty unless
/// <see cref="DecisionContext.BranchesApart"/>.
/// </param>
public sealed record Decision(
    ImmutableArray<ExecutionEvent> Events,
    ImmutableArray<Effect> Effects,
    CommandReply Reply,
    Execution Execution,
    ImmutableArray<Scope> Ready);
