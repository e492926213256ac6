using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions;

/// <summary>
/// Whether the node drains. Then answers and commands are still made durable, but no state is run: no new call leaves that this process
/// might not live to hear. The next process goes on where this one stopped.
/// </summary>
public sealed class DrainSwitch
{
    private volatile bool _isOn;

    /// <summary>Whether the node drains.</summary>
    public bool IsOn => _isOn;

    /// <summary>Begins the drain; there is no way back.</summary>
    public void Begin() => _isOn = true;

    /// <summary>The limits of a decision: while the node drains nothing follows by itself.</summary>
    internal Limits Limit(Limits limits) => _isOn ? limits with { DecisionEvents = 0 } : limits;
}
