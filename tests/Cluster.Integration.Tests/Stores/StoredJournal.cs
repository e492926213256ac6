using Cluster.Node.Database.Sqlite;
using Cluster.Node.Executions.Encoding;
using Cluster.Node.Journal.Sqlite;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>A row of the journal as it is stored: whose it is, which of its, and its bytes by their hash.</summary>
/// <param name="Execution">The execution's id.</param>
/// <param name="SequenceNr">Its number within the execution.</param>
/// <param name="Events">Its events' bytes, hashed, with all other columns.</param>
internal readonly record struct StoredRow(string Execution, long SequenceNr, string Events);

/// <summary>All that a store at rest holds of its journal, in the order of commits, and the names that are taken.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Names">The names.</param>
/// <param name="Events">How many events the rows hold.</param>
internal sealed record StoredJournal(IReadOnlyList<StoredRow> Rows, IReadOnlySet<string> Names, int Events)
{
    private const string AllRows = "SELECT execution_id, sequence_nr, first_history_id, last_history_id, terminal, epoch, commit_nr, events FROM journal ORDER BY commit_nr";

    /// <summary>Whether not even the tables were committed: the shortest of all prefixes.</summary>
    public bool HasNoTables { get; private init; }

    public static StoredJournal Read(string folder)
    {
        using var session = SqliteSession.OpenAtRest(Path.Combine(folder, SqliteStore.FileName));
        if (session.ReadNumber("SELECT count(*) FROM sqlite_master") == 0)
            return new StoredJournal([], new HashSet<string>(), 0) { HasNoTables = true };
        var rows = new List<StoredRow>();
        var events = 0;
        var read = session.Prepared(AllRows);
        while (read.Step())
        {
            var columns = string.Join(' ', Enumerable.Range(2, 5).Select(column => read.Number(column)));
            events += EventCodec.Read(read.Blob(7)).Events.Count;
            rows.Add(new StoredRow(
                Convert.ToHexString(read.Blob(0)),
                read.Number(1),
                columns + " " + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(read.Blob(7)))));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var name = session.Prepared("SELECT name FROM name");
        while (name.Step())
            names.Add(name.Text(0));
        return new StoredJournal(rows, names, events);
    }

    /// <summary>Whether these rows are the first of those, row by row.</summary>
    public bool IsPrefixOf(StoredJournal whole) => Rows.Count <= whole.Rows.Count && Rows.SequenceEqual(whole.Rows.Take(Rows.Count));

    /// <summary>Holds what was kept against the whole journal of a folder that nobody has.</summary>
    public static void AssertIsPrefix(StoredJournal kept, string folder)
    {
        var whole = Read(folder);
        Assert.True(kept.IsPrefixOf(whole), $"{kept.Rows.Count} rows are not the first of {whole.Rows.Count}");
    }
}
