using Cluster.Asl.Interpreter;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>Is told what executions have made durable, as logs and notices of them need it.</summary>
/// <remarks>
/// <para>Called on the execution's own turn, in the order of its appends: it must only hand on, never wait, never throw.</para>
/// <para>It hears of nothing that has not committed. It may miss what has: an append whose outcome came to nobody is not told, neither is one
/// after whose commit the process ended.</para>
/// </remarks>
public interface IExecutionObserver
{
    /// <summary>An append has committed.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="execution">The execution, for what is pinned in it since its start. It may have gone on since those events.</param>
    /// <param name="events">The events of the append, at least one; neither the list nor they change any more.</param>
    /// <param name="bytes">About how much memory the events hold.</param>
    void Committed(ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes);
}

/// <summary>Nobody wants to know.</summary>
public sealed class NoExecutionObserver : IExecutionObserver
{
    /// <summary>The only one.</summary>
    public static readonly NoExecutionObserver Instance = new();

    private NoExecutionObserver()
    {
    }

    /// <inheritdoc/>
    public void Committed(ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes)
    {
    }
}
