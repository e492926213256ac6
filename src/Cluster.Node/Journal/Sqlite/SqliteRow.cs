using Cluster.Node.Database.Sqlite;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>A row of the journal as it is in the file.</summary>
/// <param name="Id">The execution.</param>
/// <param name="SequenceNr">The row's number.</param>
/// <param name="FirstHistoryId">The first history id; one more than the last where the row has none.</param>
/// <param name="LastHistoryId">The last history id up to this row.</param>
/// <param name="Terminal">Whether the row ends its execution.</param>
/// <param name="Epoch">The epoch under which it was written.</param>
/// <param name="Events">The events.</param>
/// <param name="Checksum">What <see cref="RowChecksum"/> was when it was written, or null.</param>
/// <param name="MayLackChecksum">Whether it is from before the sixth format.</param>
internal readonly record struct SqliteRow(
    ExecutionId Id,
    long SequenceNr,
    long FirstHistoryId,
    long LastHistoryId,
    bool Terminal,
    long Epoch,
    byte[] Events,
    long? Checksum,
    bool MayLackChecksum)
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public const string Columns =
        WithoutChecksum + ", checksum, commit_nr < CAST((SELECT value FROM meta WHERE key = 'checksums_since') AS INTEGER)";

    /// <summary>The same from a file that has no checksums yet.</summary>
    public const string OldColumns = WithoutChecksum + ", NULL, 1";

    /// <summary>Where <see cref="Columns"/> has the first history id.</summary>
    public const int FirstHistoryIdColumn = 1;

    private const string WithoutChecksum = "sequence_nr, first_history_id, last_history_id, terminal, epoch, events";

    /// <summary>Whether the row is what was written, as far as that can be told.</summary>
    public bool IsAsWritten => Checksum is null
        ? MayLackChecksum
        : Checksum == RowChecksum.Of(Id, SequenceNr, FirstHistoryId, LastHistoryId, Terminal, Epoch, Events);

    /// <summary>Reads a row.</summary>
    /// <param name="row">The statement, at the row.</param>
    /// <param name="id">The execution.</param>
    /// <param name="column">Where the columns begin.</param>
    public static SqliteRow Read(SqliteStatement row, ExecutionId id, int column = 0) => new(
        id,
        row.Number(column),
        row.Number(column + 1),
        row.Number(column + 2),
        row.Number(column + 3) != 0,
        row.Number(column + 4),
        row.Blob(column + 5),
        row.NumberOrNull(column + 6),
        row.Number(column + 7) != 0);

    /// <summary>The row as the ports have it: history ids are 0 where it has none.</summary>
    public JournalRow ToJournalRow()
    {
        var shown = FirstHistoryId <= LastHistoryId;
        return new JournalRow(SequenceNr, shown ? FirstHistoryId : 0, shown ? LastHistoryId : 0, Terminal, Events);
    }
}
