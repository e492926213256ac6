using Cluster.Node.Journal;

namespace Cluster.Node.Executions.Activities;

/// <summary>To an activity: a page of its tasks.</summary>
/// <param name="Tasks">The tasks, oldest first.</param>
/// <param name="IsLast">Whether there were no more.</param>
/// <param name="Failed">Whether they could not be read now.</param>
public sealed record PendingPage(IReadOnlyList<PendingTask> Tasks, bool IsLast, bool Failed);
