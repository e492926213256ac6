using Microsoft.Extensions.Logging;

namespace Cluster.Node.Observation;

/// <content>What the queue tells the log.</content>
internal sealed partial class RecordQueue<T>
{
    [LoggerMessage(EventId = 700, Level = LogLevel.Error, Message = "Records of an execution could not be written")]
    private static partial void LogFailed(ILogger log, Exception reason);

    [LoggerMessage(EventId = 701, Level = LogLevel.Warning, Message = "The process ended before all records of executions were written: {Bytes} bytes of events are missing in them")]
    private static partial void LogCutOff(ILogger log, long bytes);
}
