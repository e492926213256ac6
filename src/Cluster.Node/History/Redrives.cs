using Cluster.Node.Journal;

namespace Cluster.Node.History;

/// <summary>Whether executions can be redriven, in AWS's words.</summary>
internal static class Redrives
{
    /// <summary>Its <c>redriveStatus</c>.</summary>
    public static string StatusOf(ExecutionStatus status) => Can(status) ? "REDRIVABLE" : "NOT_REDRIVABLE";

    /// <summary>Its <c>redriveStatusReason</c>: why it cannot be, or null.</summary>
    public static string? ReasonOf(ExecutionStatus status) =>
        Can(status) ? null : $"Execution is {StatusNames.Of(status)} and cannot be redriven";

    private static bool Can(ExecutionStatus status) =>
        status is ExecutionStatus.Failed or ExecutionStatus.TimedOut or ExecutionStatus.Aborted;
}
