using Cluster.Node.Journal;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation.Workers;

/// <summary>The tasks that are stored as waiting for a worker are, at each commit, those that the committed events leave waiting.</summary>
internal sealed class PendingWatch(World world)
{
    private readonly Dictionary<ExecutionId, HashSet<PendingTask>> _stored = [];

    internal void Committed(AppendRequest request, ModelExecution model)
    {
        if (model.Fold.Definition.Activities.IsEmpty)
            return;
        if (!_stored.TryGetValue(request.Id, out var stored))
            _stored.Add(request.Id, stored = []);
        foreach (var task in request.Withdrawn)
        {
            if (!stored.Remove(task))
                Violated($"{task} was taken out, and was not stored");
        }

        foreach (var task in request.Offered)
        {
            if (!stored.Add(task))
                Violated($"{task} was stored twice");
        }

        var waiting = model.Fold.Pending.Select(scope => (scope.Path, scope.Visit, scope.Attempt)).Order();
        if (!waiting.SequenceEqual(stored.Select(task => (task.Scope, task.Visit, task.Attempt)).Order()))
            Violated($"{request.Id}: stored as waiting are {string.Join(", ", stored)}");
    }

    internal void AtTheEnd()
    {
        foreach (var activity in WorkerPool.Activities)
        {
            var left = World.Now(world.Store.ReadPendingAsync(activity.Account, activity.Region, activity.Name, after: null, 1, CancellationToken.None));
            if (left.Count > 0)
                Violated($"{left[0]} is stored after all executions have ended");
        }
    }

    private void Violated(string what) => world.Invariants.Violated($"the tasks that wait: {what}");
}
