using System.Net.Http.Json;
using System.Text.Json;
using Cluster.Node.Journal;

namespace Cluster.Node.Transport;

/// <summary>What is asked of <c>/admin/backup</c>.</summary>
/// <param name="Directory">Where the backup shall be, named from the root on.</param>
public sealed record BackupWish(string? Directory);

/// <summary>Asks a running process through its <c>/admin</c>.</summary>
public static class AdminClient
{
    /// <summary>The path that makes backups.</summary>
    public const string BackupPath = "/admin/backup";

    /// <summary>Has the process back its store up, however long that takes.</summary>
    /// <param name="admin">The address of its <c>/admin</c>, without a path.</param>
    /// <param name="directory">Where the backup shall be, named from the root on.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<BackupOutcome> BackUpAsync(Uri admin, string directory, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri(admin, BackupPath), new BackupWish(directory), cancellation).ConfigureAwait(false);
            var outcome = await answer.Content.ReadFromJsonAsync<BackupOutcome>(cancellation).ConfigureAwait(false);
            if (outcome?.Directory is not null && outcome.Refusal is null == answer.IsSuccessStatusCode)
                return outcome;
        }
        catch (HttpRequestException e)
        {
            return BackupOutcome.Refused(directory, $"a process has the data directory, but its /admin at {admin} gave no answer: {e.Message}");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // An answer of another form is told of below.
        }

        return BackupOutcome.Refused(directory, $"a process has the data directory, but at {admin} there is another program, or one that makes no backups");
    }
}
