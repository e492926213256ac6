namespace Cluster.Node.Executions;

/// <summary>Named places at which a test host may end the process. The shipped implementation does nothing.</summary>
public interface IFaultPoints
{
    /// <summary>The point was reached.</summary>
    void Hit(string point);
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
}
