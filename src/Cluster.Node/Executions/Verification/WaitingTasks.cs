using System.Globalization;
using Cluster.Asl.Interpreter;
using Cluster.Node.Journal;

namespace Cluster.Node.Executions.Verification;

/// <summary>
/// The tasks of an execution that are stored as waiting for a worker, held against those that its journal folds to: each must have the other.
/// </summary>
internal static class WaitingTasks
{
    private const int RegionPart = 3;
    private const int AccountPart = 4;
    private const int NamePart = 6;

    /// <summary>What differs, as sentences about the execution.</summary>
    /// <param name="execution">What the journal folds to.</param>
    /// <param name="stored">The tasks that are stored.</param>
    public static IEnumerable<string> Differences(Execution execution, IReadOnlyList<PendingTask> stored)
    {
        var waiting = execution.Pending.ToDictionary(scope => (scope.Path, scope.Visit, scope.Attempt));
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

        foreach (var scope in execution.Pending.Where(scope => !found.Contains((scope.Path, scope.Visit, scope.Attempt))))
            yield return $"its task {Of(scope.Path, scope.Visit, scope.Attempt)} waits for a worker of {scope.Resource}, and is not stored as waiting";
    }

    private static bool IsOf(PendingTask task, Scope scope) =>
        task.ScheduledAt == scope.LastAt
        && scope.Resource?.Split(':', NamePart + 1) is { Length: NamePart + 1 } arn
        && string.Equals(task.Account, arn[AccountPart], StringComparison.Ordinal)
        && string.Equals(task.Region, arn[RegionPart], StringComparison.Ordinal)
        && string.Equals(task.Activity, arn[NamePart], StringComparison.Ordinal);

    private static string Of(string scope, long visit, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"of scope '{scope}', visit {visit}, attempt {attempt}");
}
