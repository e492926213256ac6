namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// One life of a simulated process, from its start to its crash. Everything that a node does to the world goes through a gate that asks
/// <see cref="IsAlive"/>; a crash closes them all at once, also in the middle of a message.
/// </summary>
/// <param name="number">Which life, from 1.</param>
internal sealed class NodeLife(int number)
{
    internal int Number { get; } = number;

    internal bool IsAlive { get; private set; } = true;

    internal void End() => IsAlive = false;
}
