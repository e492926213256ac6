using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal;

/// <summary>
/// Reads from storage, on any node, without waking an actor. What was acknowledged before a call began is seen by it.
/// </summary>
public interface IExecutionQueries
{
    /// <summary>The execution that has a name, or null. A name whose time is over still leads to its execution until another takes it.</summary>
    ValueTask<ExecutionRow?> FindAsync(string account, string region, string stateMachine, string name, CancellationToken cancellation);

    /// <summary>An execution's row, or null.</summary>
    ValueTask<ExecutionRow?> GetAsync(ExecutionId id, CancellationToken cancellation);

    /// <summary>A page of a machine's executions, newest start first.</summary>
    /// <param name="account">The account.</param>
    /// <param name="region">The region.</param>
    /// <param name="stateMachine">The machine's name.</param>
    /// <param name="status">Only this status, or null for all.</param>
    /// <param name="after">The last execution of the page before, or null for the first page.</param>
    /// <param name="limit">The most rows to give.</param>
    /// <param name="cancellation">Ends the read.</param>
    ValueTask<IReadOnlyList<ExecutionRow>> ListAsync(
        string account,
        string region,
        string stateMachine,
        ExecutionStatus? status,
        ExecutionId? after,
        int limit,
        CancellationToken cancellation);

    /// <summary>The rows that hold history ids from <paramref name="firstHistoryId"/> to <paramref name="lastHistoryId"/>, by sequence number.</summary>
    ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, long firstHistoryId, long lastHistoryId, CancellationToken cancellation);

    /// <summary>The rows that hold any of these history ids (for payloads that refer to earlier events), by sequence number.</summary>
    ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(
        ExecutionId id, IReadOnlyList<long> historyIds, CancellationToken cancellation);

    /// <summary>The last row that holds a history id, or null: it tells the length of the history and the outcome.</summary>
    ValueTask<JournalRow?> ReadLastAsync(ExecutionId id, CancellationToken cancellation);

    /// <summary>
    /// Executions of a range of buckets whose wake time is at most <paramref name="until"/>, earliest first, of one time by id. One that
    /// has ended is among them while it has a wake time: it may still have to tell others.
    /// </summary>
    /// <param name="firstBucket">The first bucket.</param>
    /// <param name="lastBucket">The last bucket, inclusive.</param>
    /// <param name="until">Unix milliseconds.</param>
    /// <param name="after">The last entry of the page before, or null.</param>
    /// <param name="limit">The most entries to give.</param>
    /// <param name="cancellation">Ends the read.</param>
    ValueTask<IReadOnlyList<WakeEntry>> ReadWakesAsync(
        int firstBucket, int lastBucket, long until, WakeEntry? after, int limit, CancellationToken cancellation);
}

/// <summary>An execution that must be woken.</summary>
/// <param name="Id">The execution.</param>
/// <param name="WakeAt">Unix milliseconds; 0 is now.</param>
public readonly record struct WakeEntry(ExecutionId Id, long WakeAt);
