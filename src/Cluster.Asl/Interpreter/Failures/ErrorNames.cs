namespace Cluster.Asl.Interpreter.Failures;

/// <summary>The reserved error names that the engine itself gives or matches (A70).</summary>
public static class ErrorNames
{
    /// <summary>Matches every error but <see cref="Runtime"/>.</summary>
    public const string All = "States.ALL";

    /// <summary>A call took too long, or was silent too long.</summary>
    public const string Timeout = "States.Timeout";

    /// <summary>A call was silent too long; only Retry and Catch name it.</summary>
    public const string HeartbeatTimeout = "States.HeartbeatTimeout";

    /// <summary>A call failed; in ErrorEquals it matches every error of a Task but time-outs.</summary>
    public const string TaskFailed = "States.TaskFailed";

    /// <summary>The state could not be evaluated; never retried, never caught.</summary>
    public const string Runtime = "States.Runtime";

    /// <summary>A payload was too large.</summary>
    public const string DataLimitExceeded = "States.DataLimitExceeded";

    /// <summary>No rule of a Choice held and it has no Default.</summary>
    public const string NoChoiceMatched = "States.NoChoiceMatched";

    /// <summary>A result could not be put where ResultPath names.</summary>
    public const string ResultPathMatchFailure = "States.ResultPathMatchFailure";
}
