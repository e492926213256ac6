using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What must hold of that which executions tell an observer: it has committed, it is in order, and nothing is told twice, by no life of any node.</summary>
internal sealed class ObserverWatch(World world)
{
    private readonly HashSet<(ExecutionId Id, long Event)> _told = [];

    /// <summary>How many history events were told.</summary>
    internal int Told => _told.Count;

    /// <summary>The observer of one life.</summary>
    internal IExecutionObserver Of(NodeLife life) => new Watched(this, life);

    private void Committed(NodeLife life, Dictionary<ExecutionId, long> last, ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events)
    {
        foreach (var e in events)
        {
            if (!e.IsHistory)
                continue;
            if (world.Invariants.Model(id) is not { } model || model.Fold.LastHistoryId < e.Id)
                world.Invariants.Violated($"{id}: event {e.Id} was told by life {life.Number} before it had committed");
            if (!_told.Add((id, e.Id)))
                world.Invariants.Violated($"{id}: event {e.Id} was told twice");
            if (last.TryGetValue(id, out var before) && before >= e.Id)
                world.Invariants.Violated($"{id}: event {e.Id} was told after {before}");
            last[id] = e.Id;
        }

        if (execution.Start is null || execution.Input is null)
            world.Invariants.Violated($"{id}: what was told has no start");
    }

    private sealed class Watched(ObserverWatch watch, NodeLife life) : IExecutionObserver
    {
        private readonly Dictionary<ExecutionId, long> _last = [];

        public void Committed(ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes) =>
            watch.Committed(life, _last, id, execution, events);
    }
}
