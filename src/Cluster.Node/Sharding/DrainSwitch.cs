namespace Cluster.Node.Sharding;

/// <summary>
/// Whether a node, or one of its shards, drains. Then answers and commands are still made durable, but no state is run: no new call leaves
/// that this owner might not live to hear. The next owner goes on where this one stopped.
/// </summary>
/// <param name="whole">The switch of the whole of which this is a part, or null.</param>
public sealed class DrainSwitch(DrainSwitch? whole = null)
{
    private volatile bool _isOn;

    /// <summary>Whether it drains, by itself or with the whole.</summary>
    public bool IsOn => _isOn || whole is { IsOn: true };

    /// <summary>Begins the drain; there is no way back.</summary>
    public void Begin() => _isOn = true;
}
