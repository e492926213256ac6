namespace Cluster.Node.Actors;

/// <summary>What a dispatcher runs: one turn of a mailbox.</summary>
public interface IRunnable
{
    /// <summary>Runs the turn. Never throws.</summary>
    void Run();
}

/// <summary>
/// Where actors run: the thread pool in production; in the simulator one thread with a queue ordered by virtual time and sequence.
/// </summary>
public interface IDispatcher
{
    /// <summary>Runs the turn soon, on some thread of the dispatcher, once for each call.</summary>
    void Schedule(IRunnable runnable);
}
