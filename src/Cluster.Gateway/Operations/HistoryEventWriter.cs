using System.Text.Json;
using Cluster.Protocol.History;

namespace Cluster.Gateway.Operations;

/// <summary>Writes history events. Members without a value are absent; a details member is there even when it is empty.</summary>
internal static class HistoryEventWriter
{
    private const string DetailsSuffix = "EventDetails";

    /// <summary>Writes an event.</summary>
    public static void Write(Utf8JsonWriter json, HistoryEvent item)
    {
        json.WriteStartObject();
        json.WriteTime("timestamp"u8, item.Timestamp);
        json.WriteString("type"u8, item.Type);
        json.WriteNumber("id"u8, item.Id);
        json.WriteNumber("previousEventId"u8, item.PreviousEventId);
        if (item.Details is { } details)
            WriteDetails(json, item.Type, details);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, string type, HistoryEventDetails details)
    {
        switch (details)
        {
            case StateEnteredEventDetails entered:
                json.WriteStartObject("stateEnteredEventDetails"u8);
                json.WriteString("name"u8, entered.Name);
                WriteInput(json, entered.Input);
                break;
            case StateExitedEventDetails exited:
                json.WriteStartObject("stateExitedEventDetails"u8);
                json.WriteString("name"u8, exited.Name);
                WriteOutput(json, exited.Output);
                break;
            case ExecutionStartedEventDetails started:
                json.WriteStartObject("executionStartedEventDetails"u8);
                WriteInput(json, started.Input);
                json.WriteString("roleArn"u8, started.RoleArn);
                break;
            case ExecutionSucceededEventDetails succeeded:
                json.WriteStartObject("executionSucceededEventDetails"u8);
                WriteOutput(json, succeeded.Output);
                break;
            case LambdaFunctionScheduledEventDetails scheduled:
                json.WriteStartObject("lambdaFunctionScheduledEventDetails"u8);
                json.WriteString("resource"u8, scheduled.Resource);
                WriteInput(json, scheduled.Input);
                json.WriteOptional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                break;
            case LambdaFunctionSucceededEventDetails succeeded:
                json.WriteStartObject("lambdaFunctionSucceededEventDetails"u8);
                WriteOutput(json, succeeded.Output);
                break;
            case MapStateStartedEventDetails started:
                json.WriteStartObject("mapStateStartedEventDetails"u8);
                json.WriteNumber("length"u8, started.Length);
                break;
            case MapIterationEventDetails iteration:
                json.WriteStartObject(MemberOf(type));
                json.WriteString("name"u8, iteration.Name);
                json.WriteNumber("index"u8, iteration.Index);
                break;
            case FailureEventDetails failure:
                json.WriteStartObject(MemberOf(type));
                WriteFailure(json, failure.Error, failure.Cause);
                break;
            default:
                WriteTaskDetails(json, type, details);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteTaskDetails(Utf8JsonWriter json, string type, HistoryEventDetails details)
    {
        switch (details)
        {
            case TaskScheduledEventDetails scheduled:
                json.WriteStartObject("taskScheduledEventDetails"u8);
                WriteResource(json, scheduled.Resource, scheduled.ResourceType);
                json.WriteString("region"u8, scheduled.Region);
                if (scheduled.Parameters is { } parameters)
                    json.WriteString("parameters"u8, parameters.Span);
                json.WriteOptional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                json.WriteOptional("heartbeatInSeconds"u8, scheduled.HeartbeatInSeconds);
                break;
            case TaskStartedEventDetails started:
                json.WriteStartObject("taskStartedEventDetails"u8);
                WriteResource(json, started.Resource, started.ResourceType);
                break;
            case TaskSucceededEventDetails succeeded:
                json.WriteStartObject("taskSucceededEventDetails"u8);
                WriteResource(json, succeeded.Resource, succeeded.ResourceType);
                WriteOutput(json, succeeded.Output);
                break;
            case TaskFailureEventDetails failure:
                json.WriteStartObject(MemberOf(type));
                WriteResource(json, failure.Resource, failure.ResourceType);
                WriteFailure(json, failure.Error, failure.Cause);
                break;
            default:
                throw new InvalidOperationException($"Details of no known kind: {details.GetType().Name}.");
        }
    }

    /// <summary>The details member of a type: <c>TaskFailed</c> has <c>taskFailedEventDetails</c>.</summary>
    private static string MemberOf(string type) => string.Concat(type[..1].ToLowerInvariant(), type.AsSpan(1), DetailsSuffix);

    private static void WriteResource(Utf8JsonWriter json, string resource, string resourceType)
    {
        json.WriteString("resourceType"u8, resourceType);
        json.WriteString("resource"u8, resource);
    }

    private static void WriteFailure(Utf8JsonWriter json, string? error, string? cause)
    {
        json.WriteOptional("error"u8, error);
        json.WriteOptional("cause"u8, cause);
    }

    private static void WriteInput(Utf8JsonWriter json, ReadOnlyMemory<byte>? input)
    {
        if (input is not { } text)
            return;
        json.WriteString("input"u8, text.Span);
        json.WriteFlag("inputDetails"u8, "truncated"u8, value: false);
    }

    private static void WriteOutput(Utf8JsonWriter json, ReadOnlyMemory<byte>? output)
    {
        if (output is not { } text)
            return;
        json.WriteString("output"u8, text.Span);
        json.WriteFlag("outputDetails"u8, "truncated"u8, value: false);
    }
}
