using Cluster.Asl.Interpreter;
using Cluster.Node.Executions;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Observation;

/// <summary>Several observers, each of which is told all.</summary>
/// <param name="observers">The observers.</param>
public sealed class EveryObserver(IReadOnlyList<IExecutionObserver> observers) : IExecutionObserver
{
    /// <inheritdoc/>
    public void Committed(ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes)
    {
        for (var i = 0; i < observers.Count; i++)
            observers[i].Committed(id, execution, events, bytes);
    }
}
