using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Executions;

/// <content>What an execution's actor tells the log.</content>
public sealed partial class ExecutionActor
{
    [LoggerMessage(EventId = 200, Level = LogLevel.Warning, Message = "Execution {Execution}: an append was answered {Outcome}; it is built anew")]
    private static partial void LogLost(ILogger log, ExecutionId execution, AppendOutcomeKind outcome);

    [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "Execution {Execution} could not be read; it is tried again")]
    private static partial void LogLoadFailed(ILogger log, ExecutionId execution, Exception reason);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "Execution {Execution}: its snapshot cannot be read by this node; its whole journal is")]
    private static partial void LogSnapshotDropped(ILogger log, ExecutionId execution);

    [LoggerMessage(EventId = 202, Level = LogLevel.Error, Message = "Execution {Execution} is parked ({Reason}): what is stored of it cannot be read by this node; GET /admin/quarantine lists it")]
    private static partial void LogParked(ILogger log, ExecutionId execution, ParkReason reason, Exception? failure);

    [LoggerMessage(EventId = 204, Level = LogLevel.Error, Message = "Execution {Execution} is quarantined: {Crashes} lives of a process ended while they worked for it. All others go on. POST /admin/executions/{Execution}/release runs it again")]
    private static partial void LogQuarantined(ILogger log, ExecutionId execution, int crashes);
}
