using Cluster.Asl.Interpreter.Branches;

namespace Cluster.Asl.Interpreter;

/// <summary>What an execution can be asked to do: the closed family.</summary>
public abstract record ExecutionCommand
{
    private ExecutionCommand()
    {
    }

    /// <summary>Start it.</summary>
    /// <param name="What">What is pinned.</param>
    /// <param name="Input">The input, known to be JSON.</param>
    public sealed record Start(ExecutionStart What, Payload Input) : ExecutionCommand;

    /// <summary>A call succeeded.</summary>
    /// <param name="Scope">The scope that called.</param>
    /// <param name="Visit">The visit that called.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Output">The result's text, UTF-8.</param>
    public sealed record CompleteTask(string Scope, long Visit, int Attempt, ReadOnlyMemory<byte> Output) : ExecutionCommand;

    /// <summary>A call failed.</summary>
    /// <param name="Scope">The scope that called.</param>
    /// <param name="Visit">The visit that called.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Error">The error name, or null.</param>
    /// <param name="Cause">The cause, or null.</param>
    public sealed record FailTask(string Scope, long Visit, int Attempt, string? Error, string? Cause) : ExecutionCommand;

    /// <summary>A worker asks for the task of an activity, which waits for one.</summary>
    /// <param name="Scope">The scope whose task it is.</param>
    /// <param name="Visit">The visit.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="WorkerName">How the worker calls itself, or null.</param>
    public sealed record StartActivity(string Scope, long Visit, int Attempt, string? WorkerName) : ExecutionCommand;

    /// <summary>Whoever has the token of an attempt ends it.</summary>
    /// <param name="Scope">The scope whose task it is.</param>
    /// <param name="Visit">The visit.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Token">The token.</param>
    /// <param name="Word">How it ends.</param>
    public sealed record EndTask(string Scope, long Visit, int Attempt, string Token, TaskWord Word) : ExecutionCommand;

    /// <summary>Whoever has the token of an attempt is still at work.</summary>
    /// <param name="Scope">The scope whose task it is.</param>
    /// <param name="Visit">The visit.</param>
    /// <param name="Attempt">The attempt.</param>
    /// <param name="Token">The token.</param>
    public sealed record Heartbeat(string Scope, long Visit, int Attempt, string Token) : ExecutionCommand;

    /// <summary>
    /// The execution was read back. Nobody could hear heartbeats before a time: whoever was heard last before it has the whole silence from
    /// now on.
    /// </summary>
    /// <param name="Since">Since when heartbeats can be heard again, in Unix milliseconds.</param>
    public sealed record Recover(long Since) : ExecutionCommand;

    /// <summary>An execution that was a part of a given-up task has been stopped, has ended, or was never started.</summary>
    /// <param name="Scope">The scope whose task it was.</param>
    /// <param name="Visit">The visit.</param>
    /// <param name="Attempt">The attempt.</param>
    public sealed record EndOrphan(string Scope, long Visit, int Attempt) : ExecutionCommand;

    /// <summary>A scope was run apart: accept what it has decided.</summary>
    /// <param name="What">The decision.</param>
    public sealed record Accept(ScopeDecision What) : ExecutionCommand;

    /// <summary>A caller stops it.</summary>
    /// <param name="Error">The error to record, or null.</param>
    /// <param name="Cause">The cause to record, or null.</param>
    public sealed record Stop(string? Error, string? Cause) : ExecutionCommand;

    /// <summary>Time has passed, or a decision ended at its limit: settle what is due and go on.</summary>
    public sealed record GoOn : ExecutionCommand
    {
        /// <summary>The one instance.</summary>
        public static readonly GoOn Instance = new();
    }
}
