using Cluster.Asl.Interpreter;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions.Activities;

/// <summary>
/// Which tasks of one execution the store has among those that wait for a worker. It changes with the execution's appends alone, so what is
/// folded tells it, too.
/// </summary>
internal sealed class PendingTasks(ExecutionId id)
{
    private IReadOnlyList<PendingTask> _stored = [];

    /// <summary>The execution was read back: the store has what it is waiting for.</summary>
    public void Restored(Execution execution) => _stored = Of(execution);

    /// <summary>What an append has to add and to take out, so that the store is as the execution is.</summary>
    public (IReadOnlyList<PendingTask> Offered, IReadOnlyList<PendingTask> Withdrawn) Change(Execution execution)
    {
        if (execution.Definition.Activities.IsEmpty)
            return ([], []);
        var before = _stored;
        _stored = Of(execution);
        return (_stored.Except(before).ToList(), before.Except(_stored).ToList());
    }

    /// <summary>The tasks of an execution that wait for a worker.</summary>
    public IReadOnlyList<PendingTask> Of(Execution execution) =>
        execution.Definition.Activities.IsEmpty ? [] : [.. execution.Pending.Select(Of)];

    private PendingTask Of(Scope scope)
    {
        var activity = ActivityName.Of(scope.Resource!);
        return new PendingTask(
            activity.Account, activity.Region, activity.Name, id, scope.Path, scope.Visit, scope.Attempt, scope.LastAt);
    }
}
