namespace Cluster.Node.Database.Sqlite;

/// <summary>What waits for the writer of a file.</summary>
internal sealed class SqliteWriteQueue : WriteQueue<ISqliteWrite>
{
    /// <summary>Adds a write, or refuses it on the calling thread.</summary>
    public void Add(ISqliteWrite write)
    {
        if (!TryAdd(write))
            write.Refused(unknown: false);
    }

    /// <inheritdoc/>
    protected override long BytesOf(ISqliteWrite write) => write.Bytes;

    /// <inheritdoc/>
    protected override bool MayBeRefused(ISqliteWrite write) => write.MayBeRefused;
}
