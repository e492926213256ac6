using System.Diagnostics;
using Cluster.Benchmarks.Figures;
using Cluster.Node.Database.Sqlite;

namespace Cluster.Benchmarks.Journal;

/// <summary>The yardstick of latencies: a transaction of one row of 300 bytes in SQLite's log with synchronous=FULL, on the same disk.</summary>
internal static class CommitProbe
{
    private const int RowBytes = 300;

    /// <summary>Commits so many rows to a new file, one by one, on the calling thread.</summary>
    /// <param name="path">The file.</param>
    /// <param name="commits">How many.</param>
    /// <param name="times">Takes the time of each.</param>
    public static void Run(string path, int commits, Samples times)
    {
        using var session = SqliteSession.Open(path, writable: true, TimeSpan.FromSeconds(1));
        session.Run("PRAGMA journal_mode = WAL");
        session.Run("PRAGMA synchronous = FULL");
        session.Run("CREATE TABLE probe (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
        var insert = session.Prepared("INSERT INTO probe (bytes) VALUES (?1)");
        var row = new byte[RowBytes];
        for (var i = 0; i < commits; i++)
        {
            var began = Stopwatch.GetTimestamp();
            session.BeginWrite();
            insert.Bind(1, row.AsSpan()).Run();
            session.Commit();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }
}
