using System.Collections.Frozen;
using Cluster.Asl.Definitions;
using Cluster.Asl.Json;

namespace Cluster.Asl.Parsing.States;

internal static class TaskReader
{
    private static readonly FrozenSet<string> Fields = StateReader.Known(
        "Resource", "InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath", "Credentials", "TimeoutSeconds",
        "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath", "Retry", "Catch", "Assign", "Next", "End");

    public static TaskState? Read(ObjectReader state, StateOutline outline)
    {
        state.Require("Resource");
        StateReader.RefuseUnknown(state, Fields);
        StateReader.RefuseAssign(state);
        RefuseCredentials(state);
        var resource = TaskResourceReader.Read(state);
        var timeout = ReadSeconds(state, "TimeoutSeconds", "TimeoutSecondsPath");
        var heartbeat = ReadSeconds(state, "HeartbeatSeconds", "HeartbeatSecondsPath");
        if (heartbeat?.Seconds >= timeout?.Seconds)
            state.Refuse("HeartbeatSeconds", "The value of 'HeartbeatSeconds' must be smaller than the value of 'TimeoutSeconds'");
        var task = new TaskState(outline.Name)
        {
            Resource = resource ?? TaskResourceReader.Unreadable,
            InputPath = PathFields.Document(state, "InputPath"),
            Parameters = TemplateFields.Read(state, "Parameters"),
            ResultSelector = TemplateFields.Read(state, "ResultSelector"),
            ResultPath = PathFields.Result(state),
            OutputPath = PathFields.Document(state, "OutputPath"),
            Timeout = timeout,
            Heartbeat = heartbeat,
            Next = StateReader.ReadNext(state, outline),
            Retry = RetryReader.Read(state),
            Catch = CatchReader.Read(state, outline),
        };
        return resource is null ? null : task;
    }

    private static SecondsField? ReadSeconds(ObjectReader state, string seconds, string path)
    {
        state.AtMostOne(seconds, path);
        if (state.Integer(seconds, 1, DefinitionParser.MaxSeconds) is { } fixedSeconds)
            return new SecondsField(fixedSeconds, Path: null);
        return PathFields.Path(state, path) is { } where ? new SecondsField(Seconds: null, where) : null;
    }

    private static void RefuseCredentials(ObjectReader state)
    {
        if (!state.Source.TryGetValue("Credentials", out var value))
            return;
        var at = state.At.Field("Credentials");
        if (TaskResourceReader.IsActivity(state.Source["Resource"]))
            state.Diagnostics.Schema(at, "The field 'Credentials' is not supported for activities");
        else if (value is not JsonObject credentials)
            state.Diagnostics.Schema(at, "Expected value of type Object");
        else if (!credentials.TryGetValue("RoleArn", out _) && !credentials.TryGetValue("RoleArn.$", out _))
            state.Diagnostics.Schema(at, "The field 'RoleArn' is required but was missing");
        else
            state.Diagnostics.NotSupportedYet(at, "Credentials");
    }
}
