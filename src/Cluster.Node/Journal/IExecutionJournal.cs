using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal;

/// <summary>
/// The journal: where events become durable, in one order per execution.
/// </summary>
/// <remarks>
/// <para>
/// An append is atomic: its row, name, execution row, snapshot and waiting tasks commit together or not at all. Appends of many executions are
/// committed together, and each is still answered with its own outcome: a conflicting or fenced one leaves the others alone.
/// </para>
/// <para>
/// Appends of one execution are decided in the order in which they were queued, whoever queued them: one that an actor left behind when it
/// failed is committed, or never will be, before its successor's first is looked at.
/// </para>
/// <para>
/// Replies come once per request, in the order of the appends of one execution, on the journal's own threads; an append that is refused at
/// once is answered before <see cref="Append"/> returns. A reply must only hand the outcome on (to a mailbox) and must not block or throw.
/// </para>
/// </remarks>
public interface IExecutionJournal
{
    /// <summary>Queues an append. The request and all it holds belong to the journal until it is answered.</summary>
    void Append(AppendRequest request);

    /// <summary>Reads an execution back. The reply gets null for an unknown execution.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="fromSnapshot">Whether from its newest snapshot, if any, and the rows after it; otherwise all rows.</param>
    /// <param name="reply">Who gets it.</param>
    void Load(ExecutionId id, bool fromSnapshot, ILoadReply reply);
}

/// <summary>Where a loaded execution goes.</summary>
public interface ILoadReply
{
    /// <summary>The execution was read, or there is none (null).</summary>
    void Loaded(ExecutionId id, LoadedExecution? execution);

    /// <summary>The store could not be read now; the caller may try again.</summary>
    void LoadFailed(ExecutionId id, Exception reason);
}

/// <summary>What an execution is rebuilt from.</summary>
/// <param name="Row">The execution row.</param>
/// <param name="Snapshot">The newest snapshot, or null; a cache that may be dropped.</param>
/// <param name="Rows">The rows after the snapshot (all rows without one), by sequence number.</param>
public sealed record LoadedExecution(ExecutionRow Row, StoredSnapshot? Snapshot, IReadOnlyList<JournalRow> Rows)
{
    /// <summary>
    /// In how many lives a process ended out of order while it worked for it. From <see cref="ISuspectStore.Crashes"/> on it is quarantined,
    /// and neither its snapshot nor its rows are read.
    /// </summary>
    public int Crashes { get; init; }
}

/// <summary>A stored snapshot.</summary>
/// <param name="SequenceNr">The last row that is folded into it.</param>
/// <param name="Bytes">The encoded execution.</param>
public sealed record StoredSnapshot(long SequenceNr, ReadOnlyMemory<byte> Bytes);

/// <summary>One append as it is stored: several events in one row.</summary>
/// <param name="SequenceNr">Dense from 1 within the execution.</param>
/// <param name="FirstHistoryId">The first history id in it, or 0 when it shows nothing to history.</param>
/// <param name="LastHistoryId">The last history id in it, or 0.</param>
/// <param name="Terminal">Whether it ends the execution's segment.</param>
/// <param name="Events">The encoded events.</param>
public sealed record JournalRow(long SequenceNr, long FirstHistoryId, long LastHistoryId, bool Terminal, ReadOnlyMemory<byte> Events);
