namespace Cluster.Protocol.Operations;

/// <summary>A worker says that it is still at a task.</summary>
/// <param name="TaskToken">The token as it was sent, 1 to 2,048 characters; whoever takes the request judges it, a forged one without any read.</param>
public sealed record SendTaskHeartbeatRequest(string TaskToken);

/// <summary>The answer: the task waits on, its heartbeat's clock begun anew; it has no members.</summary>
public sealed record SendTaskHeartbeatResponse;
