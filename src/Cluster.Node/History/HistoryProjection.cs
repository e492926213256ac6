using System.Globalization;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter.Failures;
using Cluster.Node.Executions.Encoding;
using Cluster.Protocol.History;
using What = Cluster.Node.Executions.Encoding.Wire.Event.WhatOneofCase;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.History;

/// <summary>From the journal's events to those that AWS shows. Bookkeeping events have no such form.</summary>
internal static class HistoryProjection
{
    /// <summary>Where the action of an integration stands in its ARN.</summary>
    private const int ServicePart = 5;
    private const string SdkService = ":::aws-sdk:";

    /// <summary>The history event.</summary>
    /// <param name="e">An event with a history id.</param>
    /// <param name="region">The execution's region, shown in TaskScheduled.</param>
    /// <param name="payload">The payload's text, or null when it is left out.</param>
    public static HistoryEvent Project(Wire.Event e, string region, ReadOnlyMemory<byte>? payload) => e.WhatCase switch
    {
        What.ExecutionStarted => Event(e, "ExecutionStarted", new ExecutionStartedEventDetails(payload, e.ExecutionStarted.RoleArn)),
        What.ExecutionSucceeded => Event(e, "ExecutionSucceeded", new ExecutionSucceededEventDetails(payload)),
        What.ExecutionFailed => Event(e, "ExecutionFailed", new FailureEventDetails(
            e.ExecutionFailed.HasError ? e.ExecutionFailed.Error : null, e.ExecutionFailed.HasCause ? e.ExecutionFailed.Cause : null)),
        What.ExecutionAborted => Event(e, "ExecutionAborted", new FailureEventDetails(
            e.ExecutionAborted.HasError ? e.ExecutionAborted.Error : null, e.ExecutionAborted.HasCause ? e.ExecutionAborted.Cause : null)),
        What.ExecutionTimedOut => Event(e, "ExecutionTimedOut", new FailureEventDetails(ErrorNames.Timeout, Cause: null)),
        What.StateEntered => Event(
            e, $"{(StateType)e.StateEntered.Type}StateEntered", new StateEnteredEventDetails(e.StateEntered.Name, payload)),
        What.StateExited => Event(
            e, $"{(StateType)e.StateExited.Type}StateExited", new StateExitedEventDetails(e.StateExited.Name, payload)),
        What.TaskScheduled => Scheduled(e, region, payload),
        What.TaskStarted => (TaskKind)e.TaskStarted.Kind switch
        {
            TaskKind.LambdaFunction => Event(e, "LambdaFunctionStarted", details: null),
            TaskKind.Activity => Event(
                e, "ActivityStarted", new ActivityStartedEventDetails(e.TaskStarted.HasWorkerName ? e.TaskStarted.WorkerName : null)),
            _ => Event(e, "TaskStarted", new TaskStartedEventDetails(ActionOf(e.TaskStarted.Resource), ServiceOf(e.TaskStarted.Resource))),
        },
        What.TaskSubmitted => Event(e, "TaskSubmitted", new TaskSubmittedEventDetails(
            payload, ActionOf(e.TaskSubmitted.Resource), ServiceOf(e.TaskSubmitted.Resource))),
        What.TaskSucceeded => (TaskKind)e.TaskSucceeded.Kind switch
        {
            TaskKind.LambdaFunction => Event(e, "LambdaFunctionSucceeded", new LambdaFunctionSucceededEventDetails(payload)),
            TaskKind.Activity => Event(e, "ActivitySucceeded", new ActivitySucceededEventDetails(payload)),
            _ => Event(e, "TaskSucceeded", new TaskSucceededEventDetails(
                payload, ActionOf(e.TaskSucceeded.Resource), ServiceOf(e.TaskSucceeded.Resource))),
        },
        What.TaskFailed => Failed(
            e,
            "Failed",
            e.TaskFailed.Kind,
            e.TaskFailed.Resource,
            e.TaskFailed.HasError ? e.TaskFailed.Error : null,
            e.TaskFailed.HasCause ? e.TaskFailed.Cause : null),
        What.TaskTimedOut => Failed(e, "TimedOut", e.TaskTimedOut.Kind, e.TaskTimedOut.Resource, ErrorNames.Timeout, cause: null),
        _ => OfBranches(e),
    };

    /// <summary>Whether AWS shows the event's payload. What branches and iterations start with is ours alone.</summary>
    public static bool ShowsPayload(Wire.Event e) =>
        e.Payload is not null && e.WhatCase is not (What.ParallelStateStarted or What.MapStateStarted or What.MapIterationStarted);

    private static HistoryEvent OfBranches(Wire.Event e) => e.WhatCase switch
    {
        What.ParallelStateStarted => Event(e, "ParallelStateStarted", details: null),
        What.MapStateStarted => Event(e, "MapStateStarted", new MapStateStartedEventDetails((int)e.MapStateStarted.Length)),
        What.MapIterationStarted => Event(
            e, "MapIterationStarted", new MapIterationEventDetails(e.MapIterationStarted.Name, (int)e.MapIterationStarted.Index)),
        What.MapIterationSucceeded => Event(
            e, "MapIterationSucceeded", new MapIterationEventDetails(e.MapIterationSucceeded.Name, (int)e.MapIterationSucceeded.Index)),
        What.MapIterationFailed => Event(
            e, "MapIterationFailed", new MapIterationEventDetails(e.MapIterationFailed.Name, (int)e.MapIterationFailed.Index)),
        What.MapIterationAborted => Event(
            e, "MapIterationAborted", new MapIterationEventDetails(e.MapIterationAborted.Name, (int)e.MapIterationAborted.Index)),
        What.StateAborted => Event(e, $"{(StateType)e.StateAborted.Type}StateAborted", details: null),
        What.BranchesSucceeded => Event(e, $"{(StateType)e.BranchesSucceeded.Type}StateSucceeded", details: null),
        What.BranchesFailed => Event(e, $"{(StateType)e.BranchesFailed.Type}StateFailed", details: null),
        _ => throw new NewerFormatException(string.Create(
            CultureInfo.InvariantCulture, $"History event {e.Id} is of a type that needs a newer node.")),
    };

    private static HistoryEvent Scheduled(Wire.Event e, string region, ReadOnlyMemory<byte>? payload)
    {
        var task = e.TaskScheduled;
        long? timeout = task.HasTimeoutSeconds ? task.TimeoutSeconds : null;
        long? heartbeat = task.HasHeartbeatSeconds ? task.HeartbeatSeconds : null;
        return (TaskKind)task.Kind switch
        {
            TaskKind.LambdaFunction => Event(
                e, "LambdaFunctionScheduled", new LambdaFunctionScheduledEventDetails(payload, task.Resource, timeout)),
            TaskKind.Activity => Event(
                e, "ActivityScheduled", new ActivityScheduledEventDetails(payload, task.Resource, timeout, heartbeat)),
            _ => Event(e, "TaskScheduled", new TaskScheduledEventDetails(
                payload, region, ActionOf(task.Resource), ServiceOf(task.Resource), timeout, heartbeat)),
        };
    }

    private static HistoryEvent Failed(Wire.Event e, string how, uint kind, string resource, string? error, string? cause) =>
        (TaskKind)kind switch
        {
            TaskKind.LambdaFunction => Event(e, "LambdaFunction" + how, new FailureEventDetails(error, cause)),
            TaskKind.Activity => Event(e, "Activity" + how, new FailureEventDetails(error, cause)),
            _ => Event(e, "Task" + how, new TaskFailureEventDetails(error, cause, ActionOf(resource), ServiceOf(resource))),
        };

    private static HistoryEvent Event(Wire.Event e, string type, HistoryEventDetails? details) => new(e.Id, e.PreviousId, e.At, type, details);

    /// <summary><c>invoke</c> of <c>arn:aws:states:::lambda:invoke</c>; a pattern may have a colon of its own (<c>.sync:2</c>).</summary>
    private static string ActionOf(string resource) => PartsOf(resource)[^1];

    /// <summary><c>lambda</c> of <c>arn:aws:states:::lambda:invoke</c>; <c>aws-sdk:sfn</c> of <c>arn:aws:states:::aws-sdk:sfn:stopExecution</c>.</summary>
    private static string ServiceOf(string resource)
    {
        var parts = PartsOf(resource);
        return string.Join(':', parts[ServicePart..^1]);
    }

    /// <summary>The service of an SDK's action has a part more than an optimised one; the last part is the action with its pattern.</summary>
    private static string[] PartsOf(string resource) => resource.Split(
        ':', resource.AsSpan().Contains(SdkService, StringComparison.Ordinal) ? ServicePart + 3 : ServicePart + 2);
}
