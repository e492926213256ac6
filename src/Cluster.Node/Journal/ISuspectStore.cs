using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal;

/// <summary>
/// The table of suspects: executions that a process was working for when it ended out of order. One that was suspected in
/// <see cref="Crashes"/> lives is quarantined: it is read back no more until it is released.
/// </summary>
/// <remarks>
/// The innocent are booked with the guilty: those that other threads were working for at that moment. So a suspicion is forgotten when its
/// execution has ended, and <see cref="Memory"/> after its last crash while it was not enough for the quarantine.
/// </remarks>
public interface ISuspectStore
{
    /// <summary>How many crashes of different incarnations quarantine an execution.</summary>
    const int Crashes = 3;

    /// <summary>How long after its last crash an execution is suspected that is not quarantined.</summary>
    static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    /// <summary>
    /// Books executions; durable when the task completes. The same incarnation counts once for an execution; one that is not stored, since
    /// its start never committed, is left out. What need not be remembered any more is forgotten.
    /// </summary>
    /// <param name="ids">The executions that the process was working for.</param>
    /// <param name="incarnation">The number of the life of the process that ended so.</param>
    /// <param name="at">When it is booked, in Unix milliseconds.</param>
    /// <param name="cancellation">Ends the call.</param>
    ValueTask BookAsync(IReadOnlyCollection<ExecutionId> ids, long incarnation, long at, CancellationToken cancellation);

    /// <summary>The quarantined executions of a range of buckets, by id.</summary>
    /// <param name="firstBucket">The first bucket.</param>
    /// <param name="lastBucket">The last bucket, inclusive.</param>
    /// <param name="after">The last execution of the page before, or null for the first page.</param>
    /// <param name="limit">The most executions to give.</param>
    /// <param name="cancellation">Ends the call.</param>
    ValueTask<IReadOnlyList<QuarantinedExecution>> ReadQuarantinedAsync(
        int firstBucket, int lastBucket, ExecutionId? after, int limit, CancellationToken cancellation);

    /// <summary>Forgets all crashes of an execution, durable when the task completes: it runs again as soon as it is woken.</summary>
    /// <returns>How many crashes there were.</returns>
    ValueTask<int> ReleaseAsync(ExecutionId id, CancellationToken cancellation);
}

/// <summary>An execution that is quarantined.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Crashes">In how many lives a process ended while it worked for it.</param>
/// <param name="Since">When the last of them was booked, in Unix milliseconds.</param>
public sealed record QuarantinedExecution(ExecutionRow Row, int Crashes, long Since);
