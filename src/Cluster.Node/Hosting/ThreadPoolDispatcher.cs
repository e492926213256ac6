using Cluster.Node.Actors;

namespace Cluster.Node.Hosting;

/// <summary>Runs turns on .NET's thread pool, first come first served.</summary>
/// <remarks>
/// Turns go to the pool's shared queue. A thread's own queue is last in, first out: an actor that always has mail would be its thread's next
/// turn again and again, and others would wait for a thread to steal theirs.
/// </remarks>
public sealed class ThreadPoolDispatcher : IDispatcher
{
    /// <inheritdoc/>
    public void Schedule(IRunnable runnable) => ThreadPool.UnsafeQueueUserWorkItem(runnable, preferLocal: false);
}
