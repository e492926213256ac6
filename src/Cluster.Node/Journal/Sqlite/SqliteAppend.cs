using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>An append on its way through the writer.</summary>
internal sealed class SqliteAppend(AppendRequest request, SqliteAppender appender) : ISqliteWrite
{
    /// <summary>About what an append holds beside its events and snapshot.</summary>
    private const int FixedBytes = 512;

    private AppendOutcome _outcome;

    public int Bytes =>
        FixedBytes + (request.Row?.Events.Length ?? 0) + (request.Snapshot?.Bytes.Length ?? 0) + (request.Tasks * PendingTask.Bytes);

    public bool MayBeRefused => request.ExpectedSequenceNr == 0;

    public void Apply(SqliteSession session) => _outcome = appender.Apply(request);

    public void Committed() => request.Reply.Answered(request, _outcome);

    public void Refused(bool unknown) => request.Reply.Answered(
        request,
        new AppendOutcome(unknown || !MayBeRefused ? AppendOutcomeKind.Unknown : AppendOutcomeKind.Unavailable));
}
