using System.Text.Json;
using Cluster.Protocol.History;
using Cluster.Protocol.Json;

namespace Cluster.Gateway.Operations;

/// <summary>Writes history events. Members without a value are absent; a details member is there even when it is empty.</summary>
public static class HistoryEventWriter
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
        {
            json.WritePropertyName(MemberOf(item.Type, details));
            WriteDetails(json, details);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes the object of an event's details, which an execution's log shows under another name.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="details">The details.</param>
    /// <param name="longest">
    /// How many bytes, escaped, an input or output may have. A longer one is left out, and where AWS has a flag for that, it is set. The API
    /// leaves out none.
    /// </param>
    public static void WriteDetails(Utf8JsonWriter json, HistoryEventDetails details, int longest = int.MaxValue)
    {
        json.WriteStartObject();
        switch (details)
        {
            case StateEnteredEventDetails entered:
                json.WriteString("name"u8, entered.Name);
                WriteInput(json, entered.Input, longest);
                break;
            case StateExitedEventDetails exited:
                json.WriteString("name"u8, exited.Name);
                WriteOutput(json, exited.Output, longest);
                break;
            case ExecutionStartedEventDetails started:
                WriteInput(json, started.Input, longest);
                json.WriteString("roleArn"u8, started.RoleArn);
                break;
            case ExecutionSucceededEventDetails succeeded:
                WriteOutput(json, succeeded.Output, longest);
                break;
            case LambdaFunctionScheduledEventDetails scheduled:
                json.WriteString("resource"u8, scheduled.Resource);
                WriteInput(json, scheduled.Input, longest);
                json.WriteOptional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                break;
            case LambdaFunctionSucceededEventDetails succeeded:
                WriteOutput(json, succeeded.Output, longest);
                break;
            case MapStateStartedEventDetails started:
                json.WriteNumber("length"u8, started.Length);
                break;
            case MapIterationEventDetails iteration:
                json.WriteString("name"u8, iteration.Name);
                json.WriteNumber("index"u8, iteration.Index);
                break;
            case FailureEventDetails failure:
                WriteFailure(json, failure.Error, failure.Cause);
                break;
            default:
                WriteTaskDetails(json, details, longest);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteTaskDetails(Utf8JsonWriter json, HistoryEventDetails details, int longest)
    {
        switch (details)
        {
            case TaskScheduledEventDetails scheduled:
                WriteResource(json, scheduled.Resource, scheduled.ResourceType);
                json.WriteString("region"u8, scheduled.Region);
                if (scheduled.Parameters is { } parameters && EscapedText.Length(parameters.Span, longest) <= longest)
                    json.WriteString("parameters"u8, parameters.Span);
                json.WriteOptional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                json.WriteOptional("heartbeatInSeconds"u8, scheduled.HeartbeatInSeconds);
                break;
            case TaskStartedEventDetails started:
                WriteResource(json, started.Resource, started.ResourceType);
                break;
            case TaskSubmittedEventDetails submitted:
                WriteResource(json, submitted.Resource, submitted.ResourceType);
                WriteOutput(json, submitted.Output, longest);
                break;
            case ActivityScheduledEventDetails scheduled:
                json.WriteString("resource"u8, scheduled.Resource);
                WriteInput(json, scheduled.Input, longest);
                json.WriteOptional("timeoutInSeconds"u8, scheduled.TimeoutInSeconds);
                json.WriteOptional("heartbeatInSeconds"u8, scheduled.HeartbeatInSeconds);
                break;
            case ActivityStartedEventDetails started:
                json.WriteOptional("workerName"u8, started.WorkerName);
                break;
            case ActivitySucceededEventDetails succeeded:
                WriteOutput(json, succeeded.Output, longest);
                break;
            case TaskSucceededEventDetails succeeded:
                WriteResource(json, succeeded.Resource, succeeded.ResourceType);
                WriteOutput(json, succeeded.Output, longest);
                break;
            case TaskFailureEventDetails failure:
                WriteResource(json, failure.Resource, failure.ResourceType);
                WriteFailure(json, failure.Error, failure.Cause);
                break;
            default:
                throw new InvalidOperationException($"Details of no known kind: {details.GetType().Name}.");
        }
    }

    /// <summary>
    /// The details member of an event: <c>TaskFailed</c> has <c>taskFailedEventDetails</c>, but all states that are entered have the same.
    /// </summary>
    private static string MemberOf(string type, HistoryEventDetails details) => details switch
    {
        StateEnteredEventDetails => "stateEnteredEventDetails",
        StateExitedEventDetails => "stateExitedEventDetails",
        _ => string.Concat(type[..1].ToLowerInvariant(), type.AsSpan(1), DetailsSuffix),
    };

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

    private static void WriteInput(Utf8JsonWriter json, ReadOnlyMemory<byte>? input, int longest)
    {
        if (input is not { } text)
            return;
        var truncated = EscapedText.Length(text.Span, longest) > longest;
        if (!truncated)
            json.WriteString("input"u8, text.Span);
        json.WriteFlag("inputDetails"u8, "truncated"u8, truncated);
    }

    private static void WriteOutput(Utf8JsonWriter json, ReadOnlyMemory<byte>? output, int longest)
    {
        if (output is not { } text)
            return;
        var truncated = EscapedText.Length(text.Span, longest) > longest;
        if (!truncated)
            json.WriteString("output"u8, text.Span);
        json.WriteFlag("outputDetails"u8, "truncated"u8, truncated);
    }
}
