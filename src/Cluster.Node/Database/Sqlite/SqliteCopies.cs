namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// The copy that a writer makes between its batches, on its own connection: SQLite carries what that connection writes over into what is
/// copied already, so the copy never begins anew, and at its end it is the file as the last commit left it. Only the writer's thread comes
/// here.
/// </summary>
internal sealed class SqliteCopies(SqliteSession source)
{
    private SqliteCopy? _current;

    /// <summary>Whether there is something to copy.</summary>
    public bool UnderWay => _current is not null;

    /// <summary>Takes a copy on; another that is under way refuses it.</summary>
    public void Begin(SqliteCopy copy)
    {
        if (_current is null)
            _current = copy;
        else
            copy.Refuse("another copy is under way");
    }

    /// <summary>Copies a slice, if there is something to copy.</summary>
    public void Slice()
    {
        if (_current?.Advance(source) == false)
            _current = null;
    }

    /// <summary>The writer ends, and with it the copy.</summary>
    public void End()
    {
        _current?.Refuse("the store is closing");
        _current = null;
    }
}

/// <summary>A copy on its way to the writer, behind the writes that were queued before it.</summary>
internal sealed class SqliteCopyStart(SqliteCopy copy, SqliteCopies copies) : ISqliteWrite
{
    private const int SmallBytes = 64;

    public int Bytes => SmallBytes;

    public bool MayBeRefused => true;

    public void Apply(SqliteSession session)
    {
        // Nothing is written: the copy begins between two transactions.
    }

    public void Committed() => copies.Begin(copy);

    public void Refused(bool unknown) => copy.Refuse("the store cannot write now; try again");
}
