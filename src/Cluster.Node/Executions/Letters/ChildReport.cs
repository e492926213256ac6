using Cluster.Asl.Interpreter;
using Cluster.Asl.Json;

namespace Cluster.Node.Executions.Letters;

/// <summary>
/// What a parent's task gets of an execution that was a part of it: its description, as the result or as the cause of States.TaskFailed. The
/// recordings are test_start_execution_sync, …_sync2 and …_sync_delegate_failure.
/// </summary>
internal static class ChildReport
{
    /// <summary>The word that ends the parent's task.</summary>
    public static TaskWord Of(Execution execution)
    {
        var description = JsonWriter.ToUtf8(Describe(execution));
        return execution.State == ExecutionState.Succeeded
            ? TaskWord.Success(description)
            : TaskWord.Failure("States.TaskFailed", System.Text.Encoding.UTF8.GetString(description));
    }

    private static JsonObject Describe(Execution execution)
    {
        var start = execution.Start!;
        var included = new JsonObject([KeyValuePair.Create<string, JsonValue>("Included", JsonBoolean.True)]);
        var members = new List<KeyValuePair<string, JsonValue>>();
        if (execution.EndedWith?.Cause is { } cause)
            Add("Cause", new JsonString(cause));
        if (execution.EndedWith?.Error is { } error)
            Add("Error", new JsonString(error));
        Add("ExecutionArn", new JsonString(start.ExecutionArn));
        Add("Input", Shown(execution.Input!));
        Add("InputDetails", included);
        Add("Name", new JsonString(start.Name));
        if (execution.State == ExecutionState.Succeeded)
        {
            Add("Output", Shown(execution.Root!.Data));
            Add("OutputDetails", included);
        }

        Add("StartDate", JsonNumber.Of(execution.StartedAt));
        Add("StateMachineArn", new JsonString(start.StateMachineArn));
        Add("Status", new JsonString(StatusOf(execution.State)));
        Add("StopDate", JsonNumber.Of(execution.StoppedAt!.Value));
        return new JsonObject([.. members]);

        void Add(string name, JsonValue value) => members.Add(KeyValuePair.Create(name, value));

        JsonValue Shown(Payload payload) =>
            start.ParentSeesJson ? payload.Value : new JsonString(System.Text.Encoding.UTF8.GetString(payload.Utf8.Span));
    }

    private static string StatusOf(ExecutionState state) => state switch
    {
        ExecutionState.Succeeded => "SUCCEEDED",
        ExecutionState.Failed => "FAILED",
        ExecutionState.TimedOut => "TIMED_OUT",
        ExecutionState.Aborted => "ABORTED",
        _ => throw new InvalidOperationException($"An execution that is {state} has not ended."),
    };
}
