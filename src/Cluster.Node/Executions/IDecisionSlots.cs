using Cluster.Protocol.Identity;

namespace Cluster.Node.Executions;

/// <summary>
/// Where each thread notes for which execution it is working, so that the next life of the process knows whom the last one may have ended
/// over. Called for every message of every execution: it must neither lock nor allocate.
/// </summary>
public interface IDecisionSlots
{
    /// <summary>The calling thread begins to work for an execution; it works for none at that time.</summary>
    void Enter(ExecutionId id);

    /// <summary>The calling thread has done so.</summary>
    void Leave();
}

/// <summary>Notes nothing: for a process whose crash nobody would hear of, since it keeps no folder.</summary>
public sealed class NoDecisionSlots : IDecisionSlots
{
    /// <summary>The one instance.</summary>
    public static readonly NoDecisionSlots Instance = new();

    /// <inheritdoc/>
    public void Enter(ExecutionId id)
    {
        // Nobody reads it.
    }

    /// <inheritdoc/>
    public void Leave()
    {
        // Nobody reads it.
    }
}
