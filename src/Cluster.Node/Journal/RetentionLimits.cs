namespace Cluster.Node.Journal;

/// <summary>The bounds of the steps in which things are removed.</summary>
internal static class RetentionLimits
{
    /// <summary>The most executions of a step.</summary>
    public const int StepExecutions = 64;

    /// <summary>The most rows of the journal of a step, where writers wait for it; what is left of an execution goes with the next.</summary>
    public const int StepRows = 256;

    /// <summary>The bytes of events after which such a step ends: freeing them means looking at each page that they fill.</summary>
    public const long StepBytes = 1024 * 1024;

    /// <summary>The most names of a step.</summary>
    public const int StepNames = 256;

    /// <summary>The most lines of the register's log of a step.</summary>
    public const int StepLog = 1_000;

    /// <summary>The most definitions that are judged in a round.</summary>
    public const int RoundDefinitions = 256;

    /// <summary>The executions that are looked at together for the definitions that they refer to.</summary>
    public const int LookExecutions = 10_000;

    /// <summary>
    /// How long after it lost its last machine a definition is not judged. A start may have read that machine shortly before, and refers to
    /// the definition from its commit on.
    /// </summary>
    public static readonly TimeSpan Doubt = TimeSpan.FromHours(1);

    /// <summary>How long a definition that an execution was found to refer to is not judged again.</summary>
    public static readonly TimeSpan Reprieve = TimeSpan.FromDays(1);
}
