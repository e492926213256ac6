using Cluster.Protocol.Arns;

namespace Cluster.Protocol.Operations;

/// <summary>Stops an execution.</summary>
/// <param name="ExecutionArn">The execution.</param>
/// <param name="Error">The error to record, at most 256 characters, or null.</param>
/// <param name="Cause">The cause to record, at most 32,768 characters, or null.</param>
public sealed record StopExecutionRequest(ExecutionArn ExecutionArn, string? Error, string? Cause);

/// <summary>The answer: the end is durable.</summary>
/// <param name="StopDate">Unix milliseconds.</param>
public sealed record StopExecutionResponse(long StopDate);
