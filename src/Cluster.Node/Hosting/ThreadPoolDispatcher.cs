using Cluster.Node.Actors;

namespace Cluster.Node.Hosting;

/// <summary>Runs turns on .NET's thread pool.</summary>
/// <remarks>
/// <para>
/// A turn that a turn brings about goes to its thread's own queue: it follows on the same thread, and nobody waits for another to wake up.
/// Idle threads take what waits there, so a long turn holds nothing up while there are cores.
/// </para>
/// <para>
/// Such a queue is last in, first out: an actor that always has mail would be its thread's next turn again and again. So one of a few turns
/// goes to the pool's shared queue, first come first served, and what lies in its thread's queue comes to its turn.
/// </para>
/// </remarks>
public sealed class ThreadPoolDispatcher : IDispatcher
{
    /// <summary>Turns that a thread gives itself between two that it gives the pool.</summary>
    private const int OwnTurns = 15;

    [ThreadStatic]
    private static int _own;

    /// <inheritdoc/>
    public void Schedule(IRunnable runnable)
    {
        var isOwn = _own < OwnTurns;
        _own = isOwn ? _own + 1 : 0;
        ThreadPool.UnsafeQueueUserWorkItem(runnable, preferLocal: isOwn);
    }
}
