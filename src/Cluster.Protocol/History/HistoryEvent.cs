namespace Cluster.Protocol.History;

/// <summary>An event as GetExecutionHistory shows it.</summary>
/// <param name="Id">Dense from 1.</param>
/// <param name="PreviousEventId">The causal parent, 0 for none.</param>
/// <param name="Timestamp">Unix milliseconds.</param>
/// <param name="Type">AWS's name, for example <c>TaskStateEntered</c>.</param>
/// <param name="Details">The details member, or null for types that have none.</param>
public sealed record HistoryEvent(long Id, long PreviousEventId, long Timestamp, string Type, HistoryEventDetails? Details);

/// <summary>
/// The details of a history event. Payloads are JSON text in UTF-8, null when they are left out; the Gateway adds the
/// <c>…Details: {truncated: false}</c> members. Null members are absent on the wire.
/// </summary>
public abstract record HistoryEventDetails;

/// <summary><c>executionStartedEventDetails</c>.</summary>
public sealed record ExecutionStartedEventDetails(ReadOnlyMemory<byte>? Input, string RoleArn) : HistoryEventDetails;

/// <summary><c>executionSucceededEventDetails</c>.</summary>
public sealed record ExecutionSucceededEventDetails(ReadOnlyMemory<byte>? Output) : HistoryEventDetails;

/// <summary>Error and cause of the events that have nothing else; the member is named after the event's type (<c>executionFailedEventDetails</c>).</summary>
public sealed record FailureEventDetails(string? Error, string? Cause) : HistoryEventDetails;

/// <summary><c>stateEnteredEventDetails</c>.</summary>
public sealed record StateEnteredEventDetails(string Name, ReadOnlyMemory<byte>? Input) : HistoryEventDetails;

/// <summary><c>stateExitedEventDetails</c>.</summary>
public sealed record StateExitedEventDetails(string Name, ReadOnlyMemory<byte>? Output) : HistoryEventDetails;

/// <summary><c>lambdaFunctionScheduledEventDetails</c>.</summary>
public sealed record LambdaFunctionScheduledEventDetails(ReadOnlyMemory<byte>? Input, string Resource, long? TimeoutInSeconds)
    : HistoryEventDetails;

/// <summary><c>lambdaFunctionSucceededEventDetails</c>.</summary>
public sealed record LambdaFunctionSucceededEventDetails(ReadOnlyMemory<byte>? Output) : HistoryEventDetails;

/// <summary><c>activityScheduledEventDetails</c>.</summary>
public sealed record ActivityScheduledEventDetails(
    ReadOnlyMemory<byte>? Input, string Resource, long? TimeoutInSeconds, long? HeartbeatInSeconds) : HistoryEventDetails;

/// <summary><c>activityStartedEventDetails</c>.</summary>
public sealed record ActivityStartedEventDetails(string? WorkerName) : HistoryEventDetails;

/// <summary><c>activitySucceededEventDetails</c>.</summary>
public sealed record ActivitySucceededEventDetails(ReadOnlyMemory<byte>? Output) : HistoryEventDetails;

/// <summary><c>taskScheduledEventDetails</c>.</summary>
public sealed record TaskScheduledEventDetails(
    ReadOnlyMemory<byte>? Parameters,
    string Region,
    string Resource,
    string ResourceType,
    long? TimeoutInSeconds,
    long? HeartbeatInSeconds) : HistoryEventDetails;

/// <summary><c>taskStartedEventDetails</c>.</summary>
public sealed record TaskStartedEventDetails(string Resource, string ResourceType) : HistoryEventDetails;

/// <summary><c>taskSubmittedEventDetails</c>.</summary>
public sealed record TaskSubmittedEventDetails(ReadOnlyMemory<byte>? Output, string Resource, string ResourceType) : HistoryEventDetails;

/// <summary><c>taskSucceededEventDetails</c>.</summary>
public sealed record TaskSucceededEventDetails(ReadOnlyMemory<byte>? Output, string Resource, string ResourceType) : HistoryEventDetails;

/// <summary>Details of TaskFailed, TaskTimedOut and their kind; the member is named after the event's type (<c>taskFailedEventDetails</c>).</summary>
public sealed record TaskFailureEventDetails(string? Error, string? Cause, string Resource, string ResourceType) : HistoryEventDetails;

/// <summary><c>mapStateStartedEventDetails</c>.</summary>
/// <param name="Length">How many items there are.</param>
public sealed record MapStateStartedEventDetails(int Length) : HistoryEventDetails;

/// <summary>
/// Details of the events of an iteration; the member is named after the event's type (<c>mapIterationStartedEventDetails</c>).
/// </summary>
/// <param name="Name">The Map state.</param>
/// <param name="Index">The item, from 0.</param>
public sealed record MapIterationEventDetails(string Name, int Index) : HistoryEventDetails;
