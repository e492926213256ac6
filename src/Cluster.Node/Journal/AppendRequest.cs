using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal;

/// <summary>One append: what must become durable together for one execution.</summary>
public sealed record AppendRequest
{
    /// <summary>The execution.</summary>
    public required ExecutionId Id { get; init; }

    /// <summary>The sequence number of the last row that the writer knows; 0 at the first append. The new row gets the next one.</summary>
    public required long ExpectedSequenceNr { get; init; }

    /// <summary>The shard that the execution belongs to.</summary>
    public required int Shard { get; init; }

    /// <summary>The epoch at which the writer holds the shard; any other than the stored is answered with Fenced.</summary>
    public required long Epoch { get; init; }

    /// <summary>The events, or null at passivation, where nothing but snapshot and wake time is written (the sequence number is still checked).</summary>
    public JournalRow? Row { get; init; }

    /// <summary>The name to take at the first append, or null later.</summary>
    public NameReservation? Name { get; init; }

    /// <summary>The execution row to insert at the first append, or null later.</summary>
    public ExecutionRow? NewExecution { get; init; }

    /// <summary>The change of the execution row, or null. With <see cref="NewExecution"/> it is made before the row is inserted.</summary>
    public ExecutionChange? Change { get; init; }

    /// <summary>Tasks of the execution's activities that wait for a worker from now on. Those that are there already are no error.</summary>
    public IReadOnlyList<PendingTask> Offered { get; init; } = [];

    /// <summary>
    /// Tasks of the execution that wait for a worker no longer: given to one, late, or given up. Those that are not there are no error;
    /// one that is offered in the same append does not wait after it.
    /// </summary>
    public IReadOnlyList<PendingTask> Withdrawn { get; init; } = [];

    /// <summary>The snapshot to keep in place of an older one, or null.</summary>
    public StoredSnapshot? Snapshot { get; init; }

    /// <summary>Who gets the outcome.</summary>
    public required IAppendReply Reply { get; init; }

    /// <summary>How many tasks it offers and withdraws.</summary>
    internal int Tasks => Offered.Count + Withdrawn.Count;

    /// <summary>Refuses an append that names tasks of another execution.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    internal static void CheckTasks(AppendRequest request)
    {
        if (request.Tasks > 0 && request.Offered.Concat(request.Withdrawn).Any(task => task.Id != request.Id))
            throw new ArgumentException("An append offers and withdraws tasks of its own execution.", nameof(request));
    }
}

/// <summary>The name that a new execution takes.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="StateMachine">The machine's name.</param>
/// <param name="Name">The execution's name.</param>
/// <param name="Now">The writer's time in Unix milliseconds: a name that expires at it or before is free.</param>
public sealed record NameReservation(string Account, string Region, string StateMachine, string Name, long Now);

/// <summary>How the execution row changes: at the end, on passivation, and when the wake time must move earlier.</summary>
/// <param name="Status">The new status, or null to keep status, stop date and the name's expiry as they are.</param>
/// <param name="StopDate">With a status: the end in Unix milliseconds, or null while it runs.</param>
/// <param name="WakeAt">The new wake time, always set; see <see cref="ExecutionRow.WakeAt"/>.</param>
/// <param name="NameExpiresAt">With a status: from when on the name is free (Unix milliseconds), or null while it runs.</param>
public sealed record ExecutionChange(ExecutionStatus? Status, long? StopDate, long? WakeAt, long? NameExpiresAt);
