using Cluster.Node.Actors;

namespace Cluster.Node.Sharding;

/// <summary>
/// Names whose first append is not answered yet: one start of a name is under way, the others wait in the order in which they came.
/// </summary>
internal sealed class StartQueue
{
    private readonly Dictionary<EntityName, Queue<Envelope>?> _underWay = [];

    /// <summary>Begins a start; false when one of that name is under way and this one waits.</summary>
    public bool Begin(EntityName name, in Envelope start)
    {
        if (_underWay.TryAdd(name, value: null))
            return true;
        (_underWay[name] ??= new Queue<Envelope>()).Enqueue(start);
        return false;
    }

    /// <summary>A start was answered: gives the next of that name, or null when none waits.</summary>
    public Envelope? Settle(EntityName name)
    {
        if (_underWay.TryGetValue(name, out var waiting) && waiting is { Count: > 0 })
            return waiting.Dequeue();
        _underWay.Remove(name);
        return null;
    }
}
