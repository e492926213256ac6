using Cluster.Node.Database;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.Transport;

namespace Cluster.Node.Hosting;

/// <summary>
/// Backs a data directory up: by the process that runs on it, which goes on meanwhile; where none does, here, under the directory's lock.
/// </summary>
public static class StoreBackup
{
    /// <summary>Makes a backup.</summary>
    /// <param name="source">The data directory.</param>
    /// <param name="directory">Where the backup shall be: a name that is free, or an empty directory.</param>
    /// <param name="cancellation">Ends it; then nothing is left.</param>
    public static async Task<BackupOutcome> RunAsync(string source, string directory, CancellationToken cancellation)
    {
        directory = Path.GetFullPath(directory);
        if (!File.Exists(Path.Combine(source, SqliteStore.FileName)))
            return BackupOutcome.Refused(directory, $"{source} is no data directory: there is no {SqliteStore.FileName} in it");
        try
        {
            using var held = DataDirectoryLock.TryTake(source, out var refusal);
            return held is null
                ? await AskAsync(source, directory, refusal!, cancellation).ConfigureAwait(false)
                : await SqliteBackup.OfDirectoryAsync(source, directory, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
        catch (UnauthorizedAccessException e)
        {
            return BackupOutcome.Refused(directory, e.Message);
        }
        catch (OperationCanceledException)
        {
            return BackupOutcome.Refused(directory, "the backup was cancelled");
        }
    }

    private static async Task<BackupOutcome> AskAsync(string source, string directory, string holder, CancellationToken cancellation)
    {
        var file = Path.Combine(source, NodeHost.AdminFileName);
        var told = File.Exists(file) ? await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false) : "";
        if (!Uri.TryCreate(told.Trim(), UriKind.Absolute, out var admin))
            return BackupOutcome.Refused(directory, $"{holder}, which has not said where its /admin is; try again when it is ready");
        return await AdminClient.BackUpAsync(admin, directory, cancellation).ConfigureAwait(false);
    }
}
