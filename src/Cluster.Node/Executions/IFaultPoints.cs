using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions;

/// <summary>Named places at which a test host may end the process. The shipped implementation does nothing.</summary>
public interface IFaultPoints
{
    /// <summary>The point was reached.</summary>
    void Hit(string point);

    /// <summary>Something is about to be decided for an execution, or for a branch of it.</summary>
    void Deciding(Execution execution);
}

/// <summary>No fault anywhere.</summary>
public sealed class NoFaultPoints : IFaultPoints
{
    /// <summary>The one instance.</summary>
    public static readonly NoFaultPoints Instance = new();

    /// <inheritdoc/>
    public void Hit(string point)
    {
        // Nothing: faults exist in test hosts only.
    }

    /// <inheritdoc/>
    public void Deciding(Execution execution)
    {
        // Nothing: faults exist in test hosts only.
    }
}
