namespace Cluster.Protocol.Operations;

/// <summary>A worker or an approver says that a task has failed.</summary>
/// <param name="TaskToken">The token as it was sent, 1 to 2,048 characters; whoever takes the request judges it, a forged one without any read.</param>
/// <param name="Error">The error's name, at most 256 characters, or null.</param>
/// <param name="Cause">The cause, at most 32,768 characters, or null.</param>
public sealed record SendTaskFailureRequest(string TaskToken, string? Error, string? Cause);

/// <summary>The answer: the task's end is durable; it has no members.</summary>
public sealed record SendTaskFailureResponse;
