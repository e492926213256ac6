namespace Cluster.Node.Journal.InMemory;

/// <summary>The tasks that wait for a worker in the memory store, by activity.</summary>
internal sealed class InMemoryPendingTasks
{
    private readonly Dictionary<(string Account, string Region, string Activity), SortedSet<PendingTask>> _tasks = [];

    public void Offer(PendingTask task)
    {
        var key = (task.Account, task.Region, task.Activity);
        if (!_tasks.TryGetValue(key, out var tasks))
            _tasks.Add(key, tasks = new SortedSet<PendingTask>(PendingTask.Order));
        tasks.Add(task);
    }

    public void Withdraw(PendingTask task)
    {
        var key = (task.Account, task.Region, task.Activity);
        if (_tasks.TryGetValue(key, out var tasks) && tasks.Remove(task) && tasks.Count == 0)
            _tasks.Remove(key);
    }

    public IReadOnlyList<PendingTask> Read(string account, string region, string activity, PendingTask? after, int limit)
    {
        if (!_tasks.TryGetValue((account, region, activity), out var tasks))
            return [];
        if (after is null)
            return [.. tasks.Take(limit)];
        return PendingTask.Order.Compare(after, tasks.Max) >= 0
            ? []
            : [.. tasks.GetViewBetween(after, tasks.Max).SkipWhile(task => PendingTask.Order.Compare(task, after) <= 0).Take(limit)];
    }

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<PendingTask> All() => [.. _tasks.Values.SelectMany(tasks => tasks).Order(PendingTask.Order)];
}
