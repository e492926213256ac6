namespace Cluster.Node.Database;

/// <summary>The thread of a store's one writer, which also tells everybody what became of their writes.</summary>
internal sealed class WriterThread
{
    private readonly Thread _thread;

    /// <summary>A thread that has not started.</summary>
    /// <param name="name">Its name, for whoever looks at the process.</param>
    /// <param name="run">All that it does.</param>
    public WriterThread(string name, Action run) => _thread = new Thread(() => run()) { IsBackground = true, Name = name };

    /// <summary>Starts it.</summary>
    public void Start() => _thread.Start();

    /// <summary>To be asked before anything is closed that waits for this thread.</summary>
    /// <exception cref="InvalidOperationException">
    /// It is this thread that asks, and it would wait for its own end for ever. Whoever is told of a commit is told here, and goes on elsewhere.
    /// </exception>
    public void ThrowIfCurrent()
    {
        if (_thread == Thread.CurrentThread)
            throw new InvalidOperationException("A store is not closed on the thread of its writer, which would wait for itself.");
    }

    /// <summary>Waits until it has ended.</summary>
    public void Join() => _thread.Join();
}
