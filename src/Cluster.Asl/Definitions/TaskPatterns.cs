namespace Cluster.Asl.Definitions;

/// <summary>The pattern of a Resource, from how it ends.</summary>
public static class TaskPatterns
{
    /// <summary>The pattern of a Resource, or of the action that it ends with.</summary>
    public static TaskPattern Of(string resource) =>
        resource.EndsWith(".sync:2", StringComparison.Ordinal) ? TaskPattern.Sync2
        : resource.EndsWith(".sync", StringComparison.Ordinal) ? TaskPattern.Sync
        : resource.EndsWith(".waitForTaskToken", StringComparison.Ordinal) ? TaskPattern.WaitForTaskToken
        : TaskPattern.RequestResponse;

    /// <summary>Whether the call starts an execution that is a part of the task, and is stopped with it.</summary>
    public static bool HasChild(this TaskPattern pattern) => pattern is TaskPattern.Sync or TaskPattern.Sync2;
}
