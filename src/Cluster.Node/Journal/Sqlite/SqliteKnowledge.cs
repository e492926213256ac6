using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>What the format of a file has that the first one had not, for whoever reads files of all formats.</summary>
/// <param name="Tasks">The tasks that wait for a worker.</param>
/// <param name="Removal">The executions that are being removed.</param>
/// <param name="Checksums">Checksums of rows and snapshots.</param>
internal readonly record struct SqliteKnowledge(bool Tasks, bool Removal, bool Checksums)
{
    /// <summary>Asks a file.</summary>
    public static SqliteKnowledge Of(SqliteSession session) => new(
        Has(session, "SELECT count(*) FROM sqlite_master WHERE name = 'pending_task'"),
        Has(session, "SELECT count(*) FROM sqlite_master WHERE name = 'removed'"),
        Has(session, "SELECT count(*) FROM pragma_table_info('journal') WHERE name = 'checksum'"));

    private static bool Has(SqliteSession session, string count) => session.ReadNumber(count) > 0;
}
