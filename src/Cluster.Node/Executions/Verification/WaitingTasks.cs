using System.Globalization;
using Cluster.Asl.Interpreter;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Journal;

namespace Cluster.Node.Executions.Verification;

/// <summary>
/// The tasks of an execution that are stored as waiting for a worker, held against those that its journal folds to: each must have the other.
/// </summary>
internal static class WaitingTasks
{
    /// <summary>What differs, as sentences about the execution.</summary>
    /// <param name="execution">What the journal folds to.</param>
    /// <param name="stored">The tasks that are stored.</param>
    public static IEnumerable<string> Differences(Execution execution, IReadOnlyList<PendingTask> stored)
    {
        var pending = execution.Pending.ToList();
        var waiting = pending.ToDictionary(scope => (scope.Path, scope.Visit, scope.Attempt));
        var found = new HashSet<(string, long, int)>();
        foreach (var task in stored)
        {
            var key = (task.Scope, task.Visit, task.Attempt);
            if (!waiting.TryGetValue(key, out var scope))
                yield return $"its task {Of(task.Scope, task.Visit, task.Attempt)} is stored as waiting for a worker of {task.Activity}, and does not wait";
            else if (!found.Add(key))
                yield return $"its task {Of(task.Scope, task.Visit, task.Attempt)} is stored as waiting more than once";
            else if (!IsOf(task, scope))
                yield return $"its task {Of(task.Scope, task.Visit, task.Attempt)} is stored under the activity {task.Activity} since {task.ScheduledAt}, and waits for {scope.Resource} since {scope.LastAt}";
        }

        foreach (var scope in pending.Where(scope => !found.Contains((scope.Path, scope.Visit, scope.Attempt))))
            yield return $"its task {Of(scope.Path, scope.Visit, scope.Attempt)} waits for a worker of {scope.Resource}, and is not stored as waiting";
    }

    private static bool IsOf(PendingTask task, Scope scope) =>
        task.ScheduledAt == scope.LastAt && ActivityName.Of(scope.Resource!) == new ActivityName(task.Account, task.Region, task.Activity);

    private static string Of(string scope, long visit, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"of scope '{scope}', visit {visit}, attempt {attempt}");
}
