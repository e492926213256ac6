namespace Cluster.Benchmarks.Load;

/// <summary>The workload of activities: one Task state, which a worker ends. Three appends: scheduled with the start, started, ended.</summary>
internal static class ActivityMachine
{
    public const string Name = "one-activity";

    /// <summary>The activity that it waits for.</summary>
    public const string Activity = "round";

    /// <summary>Its executions' histories, event by event.</summary>
    public static IReadOnlyList<string> History { get; } =
        ["ExecutionStarted", "TaskStateEntered", "ActivityScheduled", "ActivityStarted", "ActivitySucceeded", "TaskStateExited", "ExecutionSucceeded"];

    /// <summary>A machine with a task of an activity.</summary>
    public static string DefinitionOf(string activityArn) =>
        "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"" + activityArn + "\",\"End\":true}}}";
}
