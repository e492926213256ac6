using Cluster.Node.Actors;
using Cluster.Node.Journal;
using Cluster.Node.Sharding;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Hosting;

/// <summary>Reads the sleepers of a shard from the store, a page at a time.</summary>
public sealed partial class StoreWakeSource(IExecutionQueries queries, ILogger<StoreWakeSource> log) : IWakeSource
{
    /// <summary>Sleepers in a page.</summary>
    public const int PageSize = 500;

    /// <inheritdoc/>
    public void Read(int firstBucket, int lastBucket, long until, Sleeper? after, ActorRef replyTo) =>
        _ = ReadAsync(firstBucket, lastBucket, until, after, replyTo);

    private async Task ReadAsync(int firstBucket, int lastBucket, long until, Sleeper? after, ActorRef replyTo)
    {
        try
        {
            WakeEntry? last = after is { } a ? new WakeEntry(a.Id, a.WakeAt) : null;
            var page = await queries.ReadWakesAsync(firstBucket, lastBucket, until, last, PageSize, CancellationToken.None)
                .ConfigureAwait(false);
            replyTo.Tell(new WakePage(
                page.Select(w => new Sleeper(w.Id, w.WakeAt)).ToList(), IsLast: page.Count < PageSize, Failed: false));
        }
        catch (Exception e)
        {
            // The shard tries again after a pause; nothing is lost, sleepers wake a little later.
            LogFailed(log, firstBucket, e);
            replyTo.Tell(new WakePage([], IsLast: true, Failed: true));
        }
    }

    [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "The sleepers of the shard from bucket {Bucket} could not be read")]
    private static partial void LogFailed(ILogger log, int bucket, Exception reason);
}
