using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Starts an execution of a machine.</summary>
/// <param name="StateMachineArn">The machine.</param>
/// <param name="Name">The execution's name; the Gateway draws a UUID where the caller gave none.</param>
/// <param name="Input">The input's UTF-8 text as it was sent; JSON of at most 262,144 bytes (checked by the Gateway).</param>
/// <param name="TraceHeader">The trace header, or null.</param>
/// <param name="Principal">Who asked, or null on a server without keys.</param>
/// <param name="RequestId">The request's id.</param>
public sealed record StartExecutionRequest(
    StateMachineArn StateMachineArn,
    string Name,
    ReadOnlyMemory<byte> Input,
    string? TraceHeader = null,
    string? Principal = null,
    string? RequestId = null)
{
    /// <summary>The token of the task whose part the execution is, or null. Never from outside.</summary>
    public string? ParentToken { get; init; }

    /// <summary>
    /// Whether the name follows from the task's call, so that nobody but this very call can have started an execution of that name. Never from outside.
    /// </summary>
    public bool NameIsOwn { get; init; }

    /// <summary>Whether that task sees input and output as JSON; otherwise as texts.</summary>
    public bool ParentSeesJson { get; init; }
}

/// <summary>The answer: the execution is durable.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="StartDate">Unix milliseconds.</param>
public sealed record StartExecutionResponse(ExecutionArn ExecutionArn, long StartDate);
