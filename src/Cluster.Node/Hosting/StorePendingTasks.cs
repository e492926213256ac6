using Cluster.Node.Actors;
using Cluster.Node.Executions.Activities;
using Cluster.Node.Journal;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>Reads the tasks of an activity that wait for a worker from the store, a page at a time.</summary>
public sealed partial class StorePendingTasks(IPendingTasks tasks, ILogger<StorePendingTasks> log) : IPendingTaskSource
{
    /// <summary>Tasks in a page.</summary>
    public const int PageSize = 256;

    /// <inheritdoc/>
    public void Read(ActivityName activity, PendingTask? after, ActorRef replyTo) => _ = ReadAsync(activity, after, replyTo);

    private async Task ReadAsync(ActivityName activity, PendingTask? after, ActorRef replyTo)
    {
        try
        {
            var page = await tasks.ReadPendingAsync(
                activity.Account, activity.Region, activity.Name, after, PageSize, CancellationToken.None).ConfigureAwait(false);
            replyTo.Tell(new PendingPage(page, IsLast: page.Count < PageSize, Failed: false));
        }
        catch (Exception e)
        {
            // The activity tries again after a pause; its workers wait meanwhile.
            LogFailed(log, activity.Name, e);
            replyTo.Tell(new PendingPage([], IsLast: true, Failed: true));
        }
    }

    [LoggerMessage(EventId = 330, Level = LogLevel.Warning, Message = "The tasks of activity {Activity} could not be read")]
    private static partial void LogFailed(ILogger log, string activity, Exception reason);
}
