using Cluster.Node.Database;
using Cluster.Node.Database.Sqlite;

namespace Cluster.Node.Journal.Sqlite;

/// <summary>
/// Backups: a directory with the file as it was at one commit, durable and whole before it has its name. It can be run and verified like
/// any data directory.
/// </summary>
public static class SqliteBackup
{
    /// <summary>How often what is copied so far is flushed, so that little is left to flush at the end.</summary>
    private static readonly TimeSpan FlushEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Backs up a data directory that no process has. The caller holds its lock meanwhile.</summary>
    /// <param name="source">The data directory.</param>
    /// <param name="directory">Where the backup shall be: a name that is free, or an empty directory.</param>
    /// <param name="time">Measures.</param>
    /// <param name="cancellation">Ends it; then nothing is left.</param>
    public static async Task<BackupOutcome> OfDirectoryAsync(
        string source, string directory, TimeProvider time, CancellationToken cancellation)
    {
        var path = Path.Combine(source, SqliteStore.FileName);
        try
        {
            using var session = SqliteSession.OpenAtRest(path);
            if (SqliteFormat.RefusalAtRest(session, path) is { } foreign)
                return BackupOutcome.Refused(directory, foreign);
            return await RunAsync(directory, time, copy => Drive(copy, session), cancellation).ConfigureAwait(false);
        }
        catch (SqliteFailureException e)
        {
            return BackupOutcome.Refused(directory, $"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Backs up with a copy that another drives.</summary>
    /// <param name="directory">Where the backup shall be.</param>
    /// <param name="time">Measures.</param>
    /// <param name="drive">Begins the copy.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static async Task<BackupOutcome> RunAsync(
        string directory, TimeProvider time, Action<SqliteCopy> drive, CancellationToken cancellation)
    {
        using var place = NascentDirectory.TryBegin(directory, out var refusal);
        if (place is null)
            return BackupOutcome.Refused(directory, refusal!);
        try
        {
            var path = Path.Combine(place.Path, SqliteStore.FileName);
            SqliteCopied copied;
            using (var copy = SqliteCopy.Into(path, time, cancellation))
            {
                drive(copy);
                copied = await FlushingAsync(path, copy.Done, time).ConfigureAwait(false);
            }

            var bytes = new FileInfo(path).Length;
            place.Publish();
            return new BackupOutcome(directory, Refusal: null, bytes, copied.Slices, copied.LongestSlice);
        }
        catch (IOException e)
        {
            return BackupOutcome.Refused(directory, $"no backup was made: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            return BackupOutcome.Refused(directory, "the backup was cancelled");
        }
    }

    private static void Drive(SqliteCopy copy, SqliteSession session)
    {
        while (copy.Advance(session))
        {
            // Nobody else waits for this session.
        }
    }

    private static async Task<SqliteCopied> FlushingAsync(string path, Task<SqliteCopied> done, TimeProvider time)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        while (await Task.WhenAny(done, Task.Delay(FlushEvery, time)).ConfigureAwait(false) != done)
            RandomAccess.FlushToDisk(file);
        return await done.ConfigureAwait(false);
    }
}
