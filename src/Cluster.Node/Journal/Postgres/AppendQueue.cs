using Cluster.Node.Database;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// What waits for the journal's writer. Starts may be refused. A second append of an execution, or a second start of a name, ends a batch: a
/// statement must not hold two that depend on each other.
/// </summary>
internal sealed class AppendQueue : WriteQueue<AppendRequest>
{
    /// <summary>About what an append holds beside its events and snapshot.</summary>
    private const int FixedBytes = 512;

    private readonly HashSet<ExecutionId> _executions = [];
    private readonly HashSet<(string Account, string Region, string StateMachine, string Name)> _names = [];

    /// <summary>Whether an append may be refused: it is a start.</summary>
    public static bool IsStart(AppendRequest request) => request.ExpectedSequenceNr == 0;

    /// <inheritdoc/>
    protected override long BytesOf(AppendRequest write) =>
        FixedBytes + (write.Row?.Events.Length ?? 0) + (write.Snapshot?.Bytes.Length ?? 0) + (write.Tasks * PendingTask.Bytes);

    /// <inheritdoc/>
    protected override bool MayBeRefused(AppendRequest write) => IsStart(write);

    /// <inheritdoc/>
    protected override bool Joins(AppendRequest write) =>
        _executions.Add(write.Id)
        && (write.Name is not { } name || _names.Add((name.Account, name.Region, name.StateMachine, name.Name)));

    /// <inheritdoc/>
    protected override void BatchEnds()
    {
        _executions.Clear();
        _names.Clear();
    }
}
