namespace Cluster.Node.Database.Sqlite;

/// <summary>
/// Something to write, together with others in one transaction. It ends in exactly one call: <see cref="Committed"/> or
/// <see cref="Refused"/>. Before it there may be several calls of <see cref="Apply"/>, each in a transaction whose forerunner was undone.
/// </summary>
internal interface ISqliteWrite
{
    /// <summary>About how much memory it holds, in bytes.</summary>
    int Bytes { get; }

    /// <summary>Whether it is refused when the store cannot write now; otherwise it is kept and tried again.</summary>
    bool MayBeRefused { get; }

    /// <summary>Writes within the open transaction. It keeps its outcome to itself, for it may yet be undone.</summary>
    void Apply(SqliteSession session);

    /// <summary>The transaction of the last <see cref="Apply"/> is durable.</summary>
    void Committed();

    /// <summary>It was taken out.</summary>
    /// <param name="unknown">Whether it may nevertheless be found written after a crash.</param>
    void Refused(bool unknown);
}
