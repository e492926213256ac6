using Cluster.Node.Journal;

namespace Cluster.Node.History;

/// <summary>The statuses as AWS spells them.</summary>
internal static class StatusNames
{
    /// <summary>AWS's spelling.</summary>
    public static string Of(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Running => "RUNNING",
        ExecutionStatus.Succeeded => "SUCCEEDED",
        ExecutionStatus.Failed => "FAILED",
        ExecutionStatus.TimedOut => "TIMED_OUT",
        ExecutionStatus.Aborted => "ABORTED",
        _ => throw new InvalidOperationException($"No name for status {status}."),
    };

    /// <summary>The status of AWS's spelling; null for one that no stored execution has.</summary>
    public static ExecutionStatus? Read(string name) => name switch
    {
        "RUNNING" => ExecutionStatus.Running,
        "SUCCEEDED" => ExecutionStatus.Succeeded,
        "FAILED" => ExecutionStatus.Failed,
        "TIMED_OUT" => ExecutionStatus.TimedOut,
        "ABORTED" => ExecutionStatus.Aborted,
        _ => null,
    };
}
