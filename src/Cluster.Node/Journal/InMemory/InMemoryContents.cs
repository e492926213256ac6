using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.InMemory;

/// <summary>All that a memory store holds at one moment, for those who check it.</summary>
/// <param name="Rows">The journal, in the order of the commits.</param>
/// <param name="Executions">The executions, by id.</param>
/// <param name="Names">Which execution each name leads to, by that execution's id.</param>
/// <param name="Grants">The register's log, oldest first.</param>
/// <param name="Pending">The tasks that wait for a worker, the oldest first.</param>
public sealed record InMemoryContents(
    IReadOnlyList<WrittenRow> Rows,
    IReadOnlyList<KeptExecution> Executions,
    IReadOnlyList<KeptName> Names,
    IReadOnlyList<GrantEntry> Grants,
    IReadOnlyList<PendingTask> Pending);

/// <summary>A row of the journal with who wrote it.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Row">The row.</param>
/// <param name="Shard">The shard that the writer named.</param>
/// <param name="Epoch">The epoch at which the writer held it.</param>
/// <param name="Incarnation">The writer, as the door was named through which it came.</param>
/// <param name="CommitNr">The place in the one order of all commits, from 1.</param>
public sealed record WrittenRow(ExecutionId Id, JournalRow Row, int Shard, long Epoch, long Incarnation, long CommitNr);

/// <summary>An execution as it is kept.</summary>
/// <param name="Row">Its row.</param>
/// <param name="NameExpiresAt">From when on its name is free, in Unix milliseconds; null while it runs.</param>
public sealed record KeptExecution(ExecutionRow Row, long? NameExpiresAt);

/// <summary>A name and its execution.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="StateMachine">The machine's name.</param>
/// <param name="Name">The execution's name.</param>
/// <param name="Id">The execution that has it, or had it last.</param>
public sealed record KeptName(string Account, string Region, string StateMachine, string Name, ExecutionId Id);
