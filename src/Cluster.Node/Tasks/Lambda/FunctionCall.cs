namespace Cluster.Node.Tasks.Lambda;

/// <summary>A call on its way: waiting at its function's gate, or running.</summary>
/// <param name="runner">Who runs it.</param>
/// <param name="task">What the Task asked for.</param>
/// <param name="reply">Where the answer goes.</param>
/// <param name="plan">What is to be done.</param>
internal sealed class FunctionCall(LambdaTaskRunner runner, TaskCall task, ITaskReply reply, CallPlan plan) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _cancellation;
    private bool _isCancelled;

    /// <summary>What the Task asked for.</summary>
    public TaskCall Task { get; } = task;

    /// <summary>What is to be done.</summary>
    public CallPlan Plan { get; set; } = plan;

    /// <summary>Where the answer goes.</summary>
    public ITaskReply Reply { get; } = reply;

    /// <summary>The place in the queue of the gate, whose lock guards it; null when it does not wait.</summary>
    public LinkedListNode<FunctionCall>? Place { get; set; }

    /// <summary>Gets ready to run.</summary>
    /// <returns>Ends the call: when it is given up, or when its time is over. Null when it was given up before it ran.</returns>
    public CancellationTokenSource? Begin(TimeProvider time)
    {
        lock (_lock)
            return _isCancelled ? null : _cancellation = new CancellationTokenSource(Plan.Timeout, time);
    }

    /// <summary>Ends: from now on giving up does nothing.</summary>
    public void End()
    {
        lock (_lock)
        {
            _cancellation?.Dispose();
            _cancellation = null;
        }
    }

    /// <summary>Gives the call up, on any thread; its connection is closed on another.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _isCancelled = true;
            _ = _cancellation?.CancelAsync();
        }
    }

    /// <summary>Runs the call on a thread of the pool.</summary>
    /// <remarks>A failure here is a fault of ours, not of the call, and must end the process rather than be lost.</remarks>
    async void IThreadPoolWorkItem.Execute() => await runner.RunAsync(this).ConfigureAwait(false);
}
