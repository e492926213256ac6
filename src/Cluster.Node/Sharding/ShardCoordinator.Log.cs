using Microsoft.Extensions.Logging;

namespace Cluster.Node.Sharding;

/// <content>What is told of shards.</content>
public sealed partial class ShardCoordinator
{
    [LoggerMessage(EventId = 310, Level = LogLevel.Information, Message = "Took {Count} shards that nobody held")]
    private static partial void LogTook(ILogger log, int count);

    [LoggerMessage(EventId = 311, Level = LogLevel.Information, Message = "Gave {Count} shards to {Successor:x16}")]
    private static partial void LogGave(ILogger log, int count, long successor);

    [LoggerMessage(EventId = 315, Level = LogLevel.Information, Message = "Got {Count} shards from other nodes")]
    private static partial void LogGot(ILogger log, int count);

    [LoggerMessage(EventId = 312, Level = LogLevel.Warning, Message = "Shard {Shard} has another owner: appends at epoch {Epoch} are refused")]
    private static partial void LogFenced(ILogger log, int shard, long epoch);

    [LoggerMessage(EventId = 313, Level = LogLevel.Warning, Message = "The lease could not be renewed; no call leaves until it is: {Reason}")]
    private static partial void LogLeaseEnded(ILogger log, string reason);

    [LoggerMessage(EventId = 314, Level = LogLevel.Warning, Message = "The store was replaced by {Line}: all shards are taken anew")]
    private static partial void LogStartOver(ILogger log, string line);
}
