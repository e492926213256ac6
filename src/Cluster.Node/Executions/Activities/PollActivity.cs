namespace Cluster.Node.Executions.Activities;

/// <summary>To an activity: a worker waits for a task until a time. Its sender gets an <see cref="ActivityAnswer"/>.</summary>
/// <param name="WorkerName">How the worker calls itself, or null.</param>
/// <param name="Until">Until when it waits, in Unix milliseconds.</param>
public sealed record PollActivity(string? WorkerName, long Until);
