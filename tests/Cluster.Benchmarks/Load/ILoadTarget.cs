namespace Cluster.Benchmarks.Load;

/// <summary>A history event as far as the check needs it.</summary>
internal readonly record struct SeenEvent(long Id, string Type);

/// <summary>What load is put on: a node in this process, or a server in its own. Both through the operations that any caller has.</summary>
internal interface ILoadTarget
{
    /// <summary>Starts an execution of a machine; completes when it is acknowledged, which is when it is durable.</summary>
    Task StartAsync(string machine, string name, string input);

    /// <summary>The names of a machine's executions that are RUNNING, at most the first 1,000.</summary>
    Task<IReadOnlyCollection<string>> RunningAsync(string machine);

    /// <summary>The whole history of an execution, which must fit one page.</summary>
    Task<IReadOnlyList<SeenEvent>> HistoryAsync(string machine, string name);

    /// <summary>What the store of the target has done.</summary>
    Task<StoreFigures> StoreAsync();

    /// <summary>The process that the target runs in.</summary>
    int ProcessId { get; }
}

/// <summary>What a store has done, and what the process has allocated, since it began.</summary>
/// <param name="Commits">Transactions; each flushed the log once.</param>
/// <param name="Appends">Appends in them.</param>
/// <param name="LogPages">Pages written to the log; of PostgreSQL the server itself is asked.</param>
/// <param name="Checkpoints">Copies of the log into the file; each flushed the log and the file.</param>
/// <param name="ApplyTime">The writer's time for rows; on PostgreSQL from sending a batch to its answer.</param>
/// <param name="CommitTime">The writer's time for commits, flushes included.</param>
/// <param name="CheckpointTime">The writer's time for copying the log.</param>
/// <param name="AllocatedBytes">Bytes allocated by the process on its managed heap.</param>
internal readonly record struct StoreFigures(
    long Commits,
    long Appends,
    long LogPages,
    long Checkpoints,
    TimeSpan ApplyTime,
    TimeSpan CommitTime,
    TimeSpan CheckpointTime,
    long AllocatedBytes)
{
    /// <summary>A page in the log and its header.</summary>
    public const int LogPageBytes = 4096 + 24;

    /// <summary>Flushes: one a commit, two a checkpoint.</summary>
    public long Flushes => Commits + (2 * Checkpoints);

    public static StoreFigures operator -(StoreFigures left, StoreFigures right) => new(
        left.Commits - right.Commits,
        left.Appends - right.Appends,
        left.LogPages - right.LogPages,
        left.Checkpoints - right.Checkpoints,
        left.ApplyTime - right.ApplyTime,
        left.CommitTime - right.CommitTime,
        left.CheckpointTime - right.CheckpointTime,
        left.AllocatedBytes - right.AllocatedBytes);
}
