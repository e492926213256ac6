using Npgsql;
using NpgsqlTypes;

namespace Cluster.Node.Journal.Postgres;

/// <summary>
/// Writes an append that is alone in its batch. With few executions in flight nearly all are, and each waits for the one before it; the
/// statement for whole batches takes the server longer to begin than the commit takes the disk.
/// </summary>
internal sealed class LoneAppend : IDisposable
{
    private static readonly NpgsqlDbType[] OfChange = [NpgsqlDbType.Smallint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint];

    private readonly KnownTails _tails;
    private readonly LoneStatements _continue;
    private readonly LoneStatements _change;
    private readonly LoneStatements _next;
    private readonly LoneStatements _nextChange;
    private readonly LoneStatements _start;

    /// <summary>Makes and prepares the statements on a writing connection.</summary>
    public LoneAppend(NpgsqlConnection connection, long incarnation, KnownTails tails)
    {
        _tails = tails;
        _continue = new LoneStatements(connection, incarnation, LoneSql.Continue, LoneSql.RowAfterTail, []);
        _change = new LoneStatements(connection, incarnation, LoneSql.Continue + LoneSql.Change, LoneSql.RowAfterTail, OfChange);
        _next = new LoneStatements(connection, incarnation, LoneSql.Next, LoneSql.RowAsGiven, []);
        _nextChange = new LoneStatements(connection, incarnation, LoneSql.Next + LoneSql.Change, LoneSql.RowAsGiven, OfChange);
        _start = new LoneStatements(
            connection,
            incarnation,
            LoneSql.Start,
            LoneSql.RowAsGiven,
            [
                NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Text, NpgsqlDbType.Integer, NpgsqlDbType.Smallint,
                NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bigint, NpgsqlDbType.Bytea, NpgsqlDbType.Bytea,
            ]);
    }

    /// <summary>Writes an append.</summary>
    /// <returns>Whether it is committed. When not, nothing was written: it is of another kind, or not everything about it is good.</returns>
    public bool TryWrite(AppendRequest request)
    {
        if (RowOf(request) is not { } row)
            return false;
        var tail = request.NewExecution is null ? _tails.Before(request) : 0;
        var (first, last) = tail is { } before && row.LastHistoryId == 0 ? (before + 1, before) : (row.FirstHistoryId, row.LastHistoryId);
        try
        {
            if (!StatementOf(request, isAfterKnown: tail is not null).Run(request, row, first, last))
                return false;
        }
        catch (PostgresException e) when (string.Equals(e.SqlState, PostgresErrorCodes.UniqueViolation, StringComparison.Ordinal))
        {
            // The row is there already, by an append whose writer has died meanwhile.
            return false;
        }

        _tails.Wrote(request);
        return true;
    }

    /// <summary>The row of an append of the kind that is written here, or null.</summary>
    public static JournalRow? RowOf(AppendRequest request) =>
        request.Snapshot is null && request.Tasks <= 1 && request.Row is { } row && row.SequenceNr == request.ExpectedSequenceNr + 1
            ? row
            : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _continue.Dispose();
        _change.Dispose();
        _next.Dispose();
        _nextChange.Dispose();
        _start.Dispose();
    }

    private LoneStatement StatementOf(AppendRequest request, bool isAfterKnown)
    {
        if (request.NewExecution is { } created)
        {
            var first = FirstRow.Of(created, request.Change);
            return _start.For(request).With(
                created.Account,
                created.Region,
                created.StateMachine,
                created.Name,
                created.Id.Bucket,
                first.Status,
                created.StartDate,
                first.StopDate,
                first.WakeAt,
                first.NameExpiresAt,
                created.InputHash,
                created.DefinitionHash);
        }

        return request.Change is { } change
            ? (isAfterKnown ? _nextChange : _change).For(request).With((short?)change.Status, change.StopDate, change.WakeAt, change.NameExpiresAt)
            : (isAfterKnown ? _next : _continue).For(request);
    }
}
