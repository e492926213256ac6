namespace Cluster.Node.Journal;

/// <summary>The bounds of the steps in which things are removed.</summary>
internal static class RetentionLimits
{
    /// <summary>The most executions of a step.</summary>
    public const int StepExecutions = 64;

    /// <summary>The most slices of a step, where writers wait for it: between two of them they come first.</summary>
    public const int StepSlices = 8;

    /// <summary>The most executions of a slice: names lie on pages all over the file, which have to be read.</summary>
    public const int SliceExecutions = 8;

    /// <summary>The most rows of the journal of a slice; what is left of an execution goes with a later one.</summary>
    public const int SliceRows = 64;

    /// <summary>The bytes of events after which a slice ends: freeing them means looking at each page that they fill.</summary>
    public const long SliceBytes = 256 * 1024;

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
