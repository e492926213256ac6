using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Journal;
using Cluster.Node.Tasks;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>What a new execution starts with; the message inside <see cref="Sharding.StartEntity"/>.</summary>
/// <param name="Start">What is pinned.</param>
/// <param name="Input">The input, known to be JSON.</param>
/// <param name="InputHash">SHA-256 of the input's text.</param>
/// <param name="Definition">The machine.</param>
/// <param name="DefinitionHash">SHA-256 of the definition's text.</param>
public sealed record StartExecution(
    ExecutionStart Start,
    Payload Input,
    ReadOnlyMemory<byte> InputHash,
    StateMachineDefinition Definition,
    ReadOnlyMemory<byte> DefinitionHash);

/// <summary>A command to an execution; inside <see cref="Sharding.ToEntity"/>. Its sender gets an answer of the family below.</summary>
/// <param name="What">The command.</param>
public sealed record RunCommand(ExecutionCommand What);

/// <summary>A call was answered; inside <see cref="Sharding.ToEntity"/>.</summary>
/// <param name="Key">The call.</param>
/// <param name="Outcome">The answer.</param>
public sealed record TaskAnswered(TaskKey Key, TaskOutcome Outcome);

/// <summary>
/// To an execution, inside <see cref="Sharding.ToEntity"/>: leave memory, however short the wait. With a call out, or mail in the box, it
/// stays. Nobody is answered.
/// </summary>
public sealed record GoToSleep
{
    /// <summary>The one instance.</summary>
    public static readonly GoToSleep Instance = new();
}

/// <summary>What the sender of a start or a command gets, once what was decided is durable: the closed family.</summary>
public abstract record ExecutionAnswer
{
    private ExecutionAnswer()
    {
    }

    /// <summary>The execution started, or the same start did before.</summary>
    /// <param name="StartDate">Unix milliseconds.</param>
    public sealed record Started(long StartDate) : ExecutionAnswer
    {
        /// <summary>The execution that the same start had begun before; null for one that begins now.</summary>
        public ExecutionId? Before { get; init; }
    }

    /// <summary>The name belongs to another start.</summary>
    /// <param name="Holder">The execution that has it.</param>
    public sealed record NameTaken(ExecutionRow Holder) : ExecutionAnswer;

    /// <summary>The command was carried out, or the execution had ended before.</summary>
    /// <param name="Reply">Which of the two.</param>
    /// <param name="StopDate">When the execution ended (Unix milliseconds), or null while it is open.</param>
    public sealed record Handled(CommandReply Reply, long? StopDate) : ExecutionAnswer;

    /// <summary>The task of an activity was given to a worker.</summary>
    /// <param name="Token">The task's token.</param>
    /// <param name="Input">The task's input, JSON in UTF-8.</param>
    public sealed record ActivityStarted(string Token, ReadOnlyMemory<byte> Input) : ExecutionAnswer;

    /// <summary>There is no such execution.</summary>
    public sealed record Unknown : ExecutionAnswer;

    /// <summary>It is not run by this node, and will not be before somebody has looked after it.</summary>
    /// <param name="Words">Why, for the caller.</param>
    public sealed record Parked(string Words) : ExecutionAnswer;

    /// <summary>The start was not written, and never will be; the caller may try again.</summary>
    /// <param name="Reason">Why, for the caller.</param>
    public sealed record Refused(string Reason) : ExecutionAnswer;

    /// <summary>It is not known whether it was written; the caller may try again.</summary>
    /// <param name="Reason">Why, for the caller.</param>
    public sealed record Unavailable(string Reason) : ExecutionAnswer;
}
