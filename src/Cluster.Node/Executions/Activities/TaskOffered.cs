using Cluster.Node.Journal;

namespace Cluster.Node.Executions.Activities;

/// <summary>To an activity: a task of its waits for a worker, which has just committed on this node.</summary>
/// <param name="Task">The task.</param>
public sealed record TaskOffered(PendingTask Task);
