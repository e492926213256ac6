using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>
/// Whom former processes may have ended over. Before any shard runs, the slots that dead processes left in the data folder are booked to the
/// table of suspects; then this process keeps slots of its own.
/// </summary>
/// <param name="suspects">The table of suspects.</param>
/// <param name="folder">The data folder.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where it is told who is suspect.</param>
public sealed partial class Suspicion(ISuspectStore suspects, string folder, TimeProvider time, ILogger<Suspicion> log)
{
    /// <summary>What the files are called, with a number behind it: each process that shares the folder has one of its own.</summary>
    public const string FileName = "suspects-";

    /// <summary>The most processes that can keep slots in one folder; a further one keeps none.</summary>
    public const int MostProcesses = 16;

    /// <summary>Quarantined executions that are read at once.</summary>
    private const int PageSize = 1_000;

    /// <summary>Books what was left, and begins the slots of this process.</summary>
    /// <param name="incarnation">The number of this life of the process; above 0, and no other life's.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The slots, or null where none can be kept: then nothing will be booked of this life.</returns>
    public async ValueTask<DecisionSlotFile?> BeginAsync(long incarnation, CancellationToken cancellation)
    {
        DecisionSlotFile? own = null;
        try
        {
            for (var number = 0; number < MostProcesses; number++)
            {
                var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{FileName}{number}"));
                if ((own is not null && !File.Exists(path)) || DecisionSlotFile.TryTake(path) is not { } file)
                    continue;
                if (!await TryBookAsync(file.ReadLeft(), cancellation).ConfigureAwait(false))
                {
                    // It stays as it is for the next process.
                    file.Dispose();
                    continue;
                }

                file.Clear();
                if (own is null)
                    own = file;
                else
                    file.Dispose();
            }

            own?.Begin(incarnation);
            if (own is null)
                LogNoSlots(log, folder, reason: null);
            return own;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            own?.Dispose();
            LogNoSlots(log, folder, e);
            return null;
        }
    }

    /// <summary>
    /// Has each quarantined execution of this node's shards looked at, so that it is told and counted from the start, and not only once
    /// somebody asks for it.
    /// </summary>
    /// <param name="region">The shards of this node.</param>
    /// <param name="cancellation">Ends the call.</param>
    public async Task LookAtAllAsync(ShardRegion region, CancellationToken cancellation)
    {
        IReadOnlyList<QuarantinedExecution> page = [];
        try
        {
            do
            {
                ExecutionId? after = page.Count > 0 ? page[^1].Row.Id : null;
                page = await suspects.ReadQuarantinedAsync(0, Buckets.Count - 1, after, PageSize, cancellation).ConfigureAwait(false);
                foreach (var quarantined in page)
                    region.Tell(new ToEntity(quarantined.Row.Id, Wake.Instance), sender: null);
            }
            while (page.Count == PageSize);
        }
        catch (StoreUnavailableException e)
        {
            LogNotLookedAt(log, e);
        }
    }

    private async ValueTask<bool> TryBookAsync(LeftSlots left, CancellationToken cancellation)
    {
        if (left.Executions.Count == 0)
            return true;
        try
        {
            await suspects.BookAsync(left.Executions, left.Incarnation, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellation)
                .ConfigureAwait(false);
        }
        catch (StoreUnavailableException e)
        {
            LogNotBooked(log, e);
            return false;
        }

        foreach (var id in left.Executions)
            LogSuspect(log, id);
        return true;
    }

    [LoggerMessage(EventId = 320, Level = LogLevel.Warning, Message = "Execution {Execution} is suspect: a process ended out of order while it worked for it")]
    private static partial void LogSuspect(ILogger log, ExecutionId execution);

    [LoggerMessage(EventId = 321, Level = LogLevel.Warning, Message = "What a process worked for that ended out of order could not be booked; the next start tries again")]
    private static partial void LogNotBooked(ILogger log, Exception reason);

    [LoggerMessage(EventId = 323, Level = LogLevel.Warning, Message = "The quarantined executions could not be read; each is told when it is looked at")]
    private static partial void LogNotLookedAt(ILogger log, Exception reason);

    [LoggerMessage(EventId = 322, Level = LogLevel.Warning, Message = "No slots can be kept in {Folder}: an execution that ends this process will not be suspected")]
    private static partial void LogNoSlots(ILogger log, string folder, Exception? reason);
}
