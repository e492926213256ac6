using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal;

/// <summary>
/// The task of an activity that waits for a worker: written with the events that schedule it, and taken out with those that start or end it.
/// </summary>
/// <param name="Account">The activity's account.</param>
/// <param name="Region">The activity's region.</param>
/// <param name="Activity">The activity's name.</param>
/// <param name="Id">The execution.</param>
/// <param name="Scope">The scope that scheduled it.</param>
/// <param name="Visit">The visit.</param>
/// <param name="Attempt">The attempt.</param>
/// <param name="ScheduledAt">Unix milliseconds.</param>
public sealed record PendingTask(
    string Account, string Region, string Activity, ExecutionId Id, string Scope, long Visit, int Attempt, long ScheduledAt)
{
    /// <summary>About what a task holds in memory while its append waits, in bytes.</summary>
    internal const int Bytes = 256;

    /// <summary>The order in which the tasks of an activity are read.</summary>
    public static IComparer<PendingTask> Order { get; } = Comparer<PendingTask>.Create(Compare);

    private static int Compare(PendingTask left, PendingTask right)
    {
        var order = left.ScheduledAt.CompareTo(right.ScheduledAt);
        if (order == 0)
            order = left.Id.CompareTo(right.Id);
        if (order == 0)
            order = string.CompareOrdinal(left.Scope, right.Scope);
        if (order == 0)
            order = left.Visit.CompareTo(right.Visit);
        return order == 0 ? left.Attempt.CompareTo(right.Attempt) : order;
    }
}

/// <summary>
/// Reads the tasks that wait for a worker, on any node. What was acknowledged before a call began is seen by it; which of the tasks is
/// still to be had, only its execution can tell.
/// </summary>
public interface IPendingTasks
{
    /// <summary>The tasks of an activity, the oldest first, of one time by id, scope, visit and attempt.</summary>
    /// <param name="account">The activity's account.</param>
    /// <param name="region">The activity's region.</param>
    /// <param name="activity">The activity's name.</param>
    /// <param name="after">The last task of the page before, or null.</param>
    /// <param name="limit">The most tasks to give.</param>
    /// <param name="cancellation">Ends the read.</param>
    ValueTask<IReadOnlyList<PendingTask>> ReadPendingAsync(
        string account, string region, string activity, PendingTask? after, int limit, CancellationToken cancellation);
}
