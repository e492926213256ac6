namespace Cluster.Node.Journal;

/// <summary>
/// Removes from a store what need not be kept any longer. What is removed is never open, and nobody is to be told of it any more; its name
/// stays taken until its own time is over.
/// </summary>
public interface IRetentionStore
{
    /// <summary>Takes the turn: one process at a time removes.</summary>
    /// <param name="moment">By what is judged as long as the turn lasts.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The turn, or null while another process has it, or one shares the store whose build does not know how names are kept.</returns>
    /// <exception cref="Database.StoreUnavailableException">The store cannot be asked now.</exception>
    ValueTask<IRetentionTurn?> TryBeginAsync(RetentionMoment moment, CancellationToken cancellation);
}

/// <summary>
/// The turn of whoever removes. Each call is a bounded step that holds nobody up for long, and is made wholly or not at all; the caller
/// rests between two of them. One that ends in the middle, with its process or its connection, leaves nothing that anybody sees, and
/// nothing that the next one does not find.
/// </summary>
public interface IRetentionTurn : IAsyncDisposable
{
    /// <summary>The next machine, in the order of account, region and name, that has executions, be it itself there or not; null after the last.</summary>
    ValueTask<MachineKey?> NextMachineAsync(MachineKey? after, CancellationToken cancellation);

    /// <summary>Removes some executions of a machine that have ended and need not be woken, each with its journal and snapshot.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="endedBefore">Only those that ended at this time or before, in Unix milliseconds.</param>
    /// <param name="from">Where the step before stopped, or null for the first.</param>
    /// <param name="cancellation">Ends the call.</param>
    ValueTask<RemovedExecutions> RemoveExecutionsAsync(
        MachineKey machine, long endedBefore, RetentionPlace? from, CancellationToken cancellation);

    /// <summary>Gives the space of removed executions back that was not given back with them.</summary>
    ValueTask<ReclaimedSpace> ReclaimAsync(CancellationToken cancellation);

    /// <summary>Removes some names whose execution was removed before them and whose time is over by now.</summary>
    /// <returns>How many; 0 when there are no more.</returns>
    ValueTask<int> RemoveNamesAsync(CancellationToken cancellation);

    /// <summary>Removes definitions that no machine and no execution refers to. One that has lost its last machine is doubted for a while first.</summary>
    /// <returns>How many.</returns>
    ValueTask<int> RemoveDefinitionsAsync(CancellationToken cancellation);

    /// <summary>Removes old lines of the register's log. The last of each shard before that time stays: it tells who held it since.</summary>
    /// <returns>How many; 0 when there are no more.</returns>
    ValueTask<int> RemoveLogAsync(CancellationToken cancellation);
}

/// <summary>By what a turn judges.</summary>
/// <param name="Now">The time, in Unix milliseconds.</param>
/// <param name="KeptFrom">Executions that ended at this time or before are kept only by a rule of their machine.</param>
/// <param name="LogFrom">Lines of the register's log before it may go.</param>
public sealed record RetentionMoment(long Now, long KeptFrom, long LogFrom);

/// <summary>A machine by name.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="Name">The machine's name.</param>
public sealed record MachineKey(string Account, string Region, string Name);

/// <summary>A place in a machine's ended executions: they are walked through status by status, and by id.</summary>
/// <param name="Status">The status.</param>
/// <param name="After">The last execution that was looked at.</param>
public sealed record RetentionPlace(ExecutionStatus Status, Protocol.Identity.ExecutionId After)
{
    /// <summary>Where the walk begins.</summary>
    public static RetentionPlace First { get; } = new(ExecutionStatus.Succeeded, default);

    /// <summary>The beginning of the next status, or null after the last.</summary>
    public RetentionPlace? NextStatus => Status < ExecutionStatus.Aborted ? new RetentionPlace(Status + 1, default) : null;
}

/// <summary>What a step has removed.</summary>
/// <param name="Executions">Executions.</param>
/// <param name="Rows">Rows of their journals.</param>
/// <param name="Next">Where to go on, or null when all were looked at.</param>
public sealed record RemovedExecutions(int Executions, int Rows, RetentionPlace? Next);

/// <summary>What a step has given back.</summary>
/// <param name="Rows">Rows of the journal.</param>
/// <param name="Weeks">Partitions of the journal, each with all its rows.</param>
/// <param name="IsDone">Whether nothing is left to give back.</param>
public sealed record ReclaimedSpace(int Rows, int Weeks, bool IsDone);
