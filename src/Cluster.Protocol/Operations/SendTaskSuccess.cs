namespace Cluster.Protocol.Operations;

/// <summary>A worker or an approver says that a task has succeeded.</summary>
/// <param name="TaskToken">The token as it was sent, 1 to 2,048 characters; whoever takes the request judges it, a forged one without any read.</param>
/// <param name="Output">The output's UTF-8 text as it was sent, at most 262,144 bytes (checked by the Gateway); that it is JSON is judged by who takes the request (InvalidOutput).</param>
public sealed record SendTaskSuccessRequest(string TaskToken, ReadOnlyMemory<byte> Output);

/// <summary>The answer: the task's end is durable; it has no members.</summary>
public sealed record SendTaskSuccessResponse;
