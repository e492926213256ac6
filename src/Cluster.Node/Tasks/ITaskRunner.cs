using Cluster.Protocol.Identity;

namespace Cluster.Node.Tasks;

/// <summary>
/// Which call: one attempt of one visit of a Task in one scope. A call is made at most once for a key while its process lives.
/// </summary>
/// <param name="Execution">The execution.</param>
/// <param name="Segment">The run of the execution, raised by a redrive.</param>
/// <param name="Scope">The scope's path; empty for the execution itself.</param>
/// <param name="Visit">Which visit of a state of the scope, from 1.</param>
/// <param name="Attempt">Which attempt of the visit, from 0.</param>
public readonly record struct TaskKey(ExecutionId Execution, int Segment, string Scope, long Visit, int Attempt)
{
    /// <summary>The idempotency key that goes with the call; the same when the call is sent again.</summary>
    public override string ToString() => $"{Execution}-{Segment}-{Scope}-{Visit}-{Attempt}";
}

/// <summary>A call of work outside.</summary>
/// <param name="Key">Which call.</param>
/// <param name="Resource">The Resource of the definition: a function ARN, or <c>arn:aws:states:::lambda:invoke</c>.</param>
/// <param name="Input">The effective input, JSON in UTF-8.</param>
/// <param name="Resent">Whether an earlier owner may have made the call already.</param>
/// <param name="Token">The task's token, by which an execution that is a part of the task tells its end; null where there is none.</param>
public sealed record TaskCall(TaskKey Key, string Resource, ReadOnlyMemory<byte> Input, bool Resent, string? Token = null);

/// <summary>Where the answer of a call goes.</summary>
public interface ITaskReply
{
    /// <summary>
    /// Asked once just before a call leaves this process; with false it must not, and is not answered. The runner has forgotten it
    /// when it asks, for it may be started again at once, on another thread.
    /// </summary>
    bool MayLeave(TaskCall call);

    /// <summary>The call was answered; called at most once per started call, on any thread. Must only hand the outcome on.</summary>
    void Answered(TaskCall call, TaskOutcome outcome);
}

/// <summary>How a call ended.</summary>
public abstract record TaskOutcome
{
    private TaskOutcome()
    {
    }

    /// <summary>It succeeded.</summary>
    /// <param name="Output">The result, JSON in UTF-8; it may be larger than a payload may be, up to the reader's named limit.</param>
    public sealed record Succeeded(ReadOnlyMemory<byte> Output) : TaskOutcome;

    /// <summary>It failed with an error that Retry and Catch see.</summary>
    /// <param name="Error">The error name.</param>
    /// <param name="Cause">The cause, or null.</param>
    public sealed record Failed(string Error, string? Cause) : TaskOutcome;
}

/// <summary>Makes calls. Answers come by <see cref="ITaskReply"/>; nothing here blocks.</summary>
public interface ITaskRunner
{
    /// <summary>Starts a call.</summary>
    void Start(TaskCall call, ITaskReply reply);

    /// <summary>Gives a call up: its connection is closed and its answer, if one still comes, is not handed on.</summary>
    void Cancel(in TaskKey key);

    /// <summary>
    /// Whether a call whose outcome is unknown after a crash may be sent again with the same key; otherwise its attempt fails with
    /// <c>States.TaskFailed</c>, cause beginning <c>Outcome unknown:</c>.
    /// </summary>
    bool MayResend(TaskCall call);
}
