namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// One life of a simulated process, from its start to its end. Everything that the world brings to a node goes through <see cref="Do"/>:
/// it waits while the process is frozen and is nobody's when it has ended. What a node does to the world asks <see cref="IsAlive"/>; a
/// crash closes all gates at once, also in the middle of a message.
/// </summary>
/// <param name="number">Which life of all nodes, from 1: the incarnation.</param>
/// <param name="node">The node that lives it.</param>
internal sealed class NodeLife(int number, int node = 0)
{
    private readonly Queue<Action> _held = new();

    internal int Number { get; } = number;

    internal int Node { get; } = node;

    internal bool IsAlive { get; private set; } = true;

    internal bool IsFrozen { get; private set; }

    internal void End()
    {
        IsAlive = false;
        _held.Clear();
    }

    internal void Freeze() => IsFrozen = true;

    /// <summary>The process runs on; what came meanwhile is handed to <paramref name="plan"/>, in the order in which it came.</summary>
    internal void Thaw(Action<Action> plan)
    {
        IsFrozen = false;
        while (_held.TryDequeue(out var what))
        {
            var held = what;
            plan(() => Do(held));
        }
    }

    internal void Do(Action what)
    {
        if (!IsAlive)
            return;
        if (IsFrozen)
            _held.Enqueue(what);
        else
            what();
    }
}
