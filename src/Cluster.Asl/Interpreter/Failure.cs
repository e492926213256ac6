namespace Cluster.Asl.Interpreter;

/// <summary>Where a failure comes from. The numbers are a storage format.</summary>
public enum FailureKind : byte
{
    /// <summary>From a call or a Fail state: error and cause are shown as they are.</summary>
    Given = 0,

    /// <summary>From an evaluation in the state: the cause is shown behind the words that name the state and its entered event.</summary>
    Evaluation = 1,

    /// <summary>A call took too long.</summary>
    Timeout = 2,

    /// <summary>A call was silent too long: shown as States.Timeout, matched by States.HeartbeatTimeout too.</summary>
    Heartbeat = 3,

    /// <summary>
    /// From a catcher whose output does not fit where it belongs: shown as it is, and neither retried nor caught, or a state could fail
    /// for ever.
    /// </summary>
    Catcher = 4,
}

/// <summary>A failure on its way to retriers and catchers.</summary>
/// <param name="Error">The error name, or null.</param>
/// <param name="Cause">The cause, or null.</param>
/// <param name="Kind">Where it comes from.</param>
/// <param name="IsTold">Whether <see cref="BranchesFailed"/> has told it: then only catchers are left.</param>
public sealed record Failure(string? Error, string? Cause, FailureKind Kind, bool IsTold = false);
