using Cluster.Node.Actors;

namespace Cluster.Node.Tests.Actors;

/// <summary>Runs turns when the test says so, in the order in which they were scheduled.</summary>
internal sealed class ManualDispatcher : IDispatcher
{
    private readonly Queue<IRunnable> _turns = new();

    internal int Waiting => _turns.Count;

    public void Schedule(IRunnable runnable) => _turns.Enqueue(runnable);

    internal void RunOne() => _turns.Dequeue().Run();

    internal void RunAll()
    {
        while (_turns.Count > 0)
            RunOne();
    }
}
