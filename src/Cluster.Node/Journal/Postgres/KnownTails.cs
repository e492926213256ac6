using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// The last rows of executions, as far as a writer's connection has written them itself: the next append of such an execution need not look for
/// the row before it.
/// </summary>
/// <remarks>
/// What this connection wrote at an epoch is the execution's last row for as long as the shard has that epoch: nobody else may write then,
/// and the statement that relies on it compares the epoch under lock.
/// </remarks>
internal sealed class KnownTails
{
    /// <summary>The most executions that are remembered, about 1 MB; beyond them all are forgotten.</summary>
    public const int Most = 16_384;

    private readonly Dictionary<ExecutionId, Tail> _tails = [];

    /// <summary>The last history id before an append, when the row that it is to follow is known to be the last; otherwise null.</summary>
    public long? Before(AppendRequest request) =>
        _tails.TryGetValue(request.Id, out var tail) && tail.Epoch == request.Epoch && tail.SequenceNr == request.ExpectedSequenceNr
            ? tail.LastHistoryId
            : null;

    /// <summary>An append was committed.</summary>
    public void Wrote(AppendRequest request)
    {
        if (request.Row is not { } row)
            return;

        // A row without history ids has the last one of the row before it; before a start there is none.
        var last = row.LastHistoryId > 0 ? row.LastHistoryId : request.NewExecution is null ? Before(request) : 0;
        if (row.Terminal || last is null)
        {
            _tails.Remove(request.Id);
            return;
        }

        if (_tails.Count >= Most && !_tails.ContainsKey(request.Id))
            _tails.Clear();
        _tails[request.Id] = new Tail(request.Epoch, row.SequenceNr, last.Value);
    }

    private readonly record struct Tail(long Epoch, long SequenceNr, long LastHistoryId);
}
