namespace Cluster.Asl.Expressions.Jsonata.Patterns;

/// <summary>What a regular expression may cost. Time is counted in steps, so that the same search ends in the same way on every machine.</summary>
public static class PatternLimits
{
    /// <summary>The longest pattern, in UTF-16 code units: 1 KiB.</summary>
    public const int MaxLength = 1024;

    /// <summary>How deep groups may nest.</summary>
    public const int MaxDepth = 200;

    /// <summary>The steps of one search: characters looked at and ways tried. They take well below 100 ms.</summary>
    public const int MaxSteps = 5_000_000;

    /// <summary>The ways that a search keeps open at once.</summary>
    public const int MaxOpenWays = 1_000_000;

    /// <summary>How many steps of a search are one step of the evaluation.</summary>
    public const int StepsPerEvaluationStep = 16;

    /// <summary>From this many steps on a search remembers which ways have failed, and takes none twice.</summary>
    internal const int StepsBeforeMemory = 2_000;

    /// <summary>The most bits that this memory may have; a search that needed more goes on without.</summary>
    internal const long MaxMemoryBits = 32_000_000;
}
