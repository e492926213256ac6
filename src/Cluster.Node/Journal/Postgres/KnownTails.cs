using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The rows that a writer's connection wrote last, so that the next append of such an execution need not look for the row before it.
/// </summary>
/// <remarks>
/// What this connection wrote at an epoch is the execution's last row for as long as the shard has that epoch: nobody else may write then,
/// and the statement that relies on it compares the epoch under lock.
/// </remarks>
internal sealed class KnownTails
{
    /// <summary>The most executions that are remembered; beyond them all are forgotten. Alone in their batch are appends of few.</summary>
    public const int Most = 256;

    private readonly Dictionary<ExecutionId, Tail> _tails = new(Most);

    /// <summary>The last history id before an append, when the row that it is to follow is known to be the last; otherwise null.</summary>
    public long? Before(AppendRequest request) =>
        _tails.TryGetValue(request.Id, out var tail) && tail.Epoch == request.Epoch && tail.SequenceNr == request.ExpectedSequenceNr
            ? tail.LastHistoryId
            : null;

    /// <summary>An append was committed.</summary>
    /// <param name="request">The append.</param>
    /// <param name="row">Its row.</param>
    /// <param name="lastHistoryId">The last history id as it was stored, of this row or an earlier one.</param>
    public void Wrote(AppendRequest request, JournalRow row, long lastHistoryId)
    {
        if (row.Terminal)
        {
            _tails.Remove(request.Id);
            return;
        }

        if (_tails.Count >= Most)
            _tails.Clear();
        _tails[request.Id] = new Tail(request.Epoch, row.SequenceNr, lastHistoryId);
    }

    private readonly record struct Tail(long Epoch, long SequenceNr, long LastHistoryId);
}
