namespace Cluster.Node.Actors;

/// <summary>What a dispatcher runs: one turn of a mailbox.</summary>
/// <remarks>It is a work item of .NET's pool as it stands, so that scheduling a turn allocates nothing.</remarks>
public interface IRunnable : IThreadPoolWorkItem
{
    /// <summary>Runs the turn. Never throws.</summary>
    void Run();

    void IThreadPoolWorkItem.Execute() => Run();
}

/// <summary>
/// Where actors run: the thread pool in production; in the simulator one thread with a queue ordered by virtual time and sequence.
/// </summary>
public interface IDispatcher
{
    /// <summary>Runs the turn soon, on some thread of the dispatcher, once for each call.</summary>
    void Schedule(IRunnable runnable);
}
