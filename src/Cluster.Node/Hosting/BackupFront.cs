using Cluster.Node.Journal;
using Cluster.Node.Transport;
using Microsoft.AspNetCore.Http;

namespace Cluster.Node.Hosting;

/// <summary>
/// The part of <c>/admin</c> that makes backups. It takes JSON only: a page in a browser of this machine cannot send that here unasked.
/// </summary>
internal static class BackupFront
{
    /// <summary>Where it is.</summary>
    public const string Path = AdminClient.BackupPath;

    /// <summary>Makes a backup and tells what came of it: 200, or 409 where it was refused. A caller who goes away ends it.</summary>
    public static async Task AnswerAsync(HttpContext http, NodeStores stores)
    {
        if (!http.Request.HasJsonContentType())
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        BackupWish? wish;
        try
        {
            wish = await http.Request.ReadFromJsonAsync<BackupWish>(http.RequestAborted).ConfigureAwait(false);
        }
        catch (System.Text.Json.JsonException)
        {
            wish = null;
        }

        var outcome = await OutcomeAsync(wish?.Directory, stores, http.RequestAborted).ConfigureAwait(false);
        if (outcome.Refusal is not null)
            http.Response.StatusCode = StatusCodes.Status409Conflict;
        await http.Response.WriteAsJsonAsync(outcome, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<BackupOutcome> OutcomeAsync(string? directory, NodeStores stores, CancellationToken cancellation)
    {
        if (directory is null || !System.IO.Path.IsPathFullyQualified(directory))
            return BackupOutcome.Refused(directory ?? "", "a backup needs a directory, named from the root on: {\"directory\": \"/…\"}");
        if (stores.BackUp is not { } backUp)
            return BackupOutcome.Refused(directory, $"this process keeps executions elsewhere ({stores.Name}): a database is backed up by its own tools");
        return await backUp(directory, cancellation).ConfigureAwait(false);
    }
}
