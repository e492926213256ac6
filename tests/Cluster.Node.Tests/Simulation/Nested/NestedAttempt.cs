using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation.Nested;

/// <summary>How an attempt of a Task stands that waits for the end of an execution.</summary>
internal enum NestedEnd
{
    /// <summary>It waits.</summary>
    None,

    /// <summary>Its history says how it ended.</summary>
    Told,

    /// <summary>Its time was over, or its state or execution ended without it.</summary>
    GivenUp,
}

/// <summary>One attempt of a <c>.sync</c> Task, as the commits of its execution and of its child tell it.</summary>
/// <param name="Parent">The execution.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Token">Its token.</param>
/// <param name="SeesJson">Whether it is <c>.sync:2</c>.</param>
internal sealed record NestedAttempt(ExecutionId Parent, string Scope, string Token, bool SeesJson)
{
    /// <summary>Whether its TaskStarted has committed.</summary>
    internal bool HasStarted { get; set; }

    internal NestedEnd End { get; set; }

    /// <summary>Whether it was refused: then there is no child, and never will be.</summary>
    internal bool IsRefused { get; set; }

    internal NestedChild? Child { get; set; }

    /// <summary>Whether the holder of its execution was killed while its child ran.</summary>
    internal bool WasKilled { get; set; }

    /// <summary>Whether the holder of its child was killed while that ran, or had ended and not been heard.</summary>
    internal bool WasChildKilled { get; set; }

    /// <summary>Whether its child runs or may come to run, and it waits for that.</summary>
    internal bool Waits => HasStarted && End == NestedEnd.None;
}

/// <summary>An execution that was started by a Task.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Of">The attempt whose part it is; null where nobody waits for its end.</param>
internal sealed record NestedChild(ExecutionId Id, string Arn, NestedAttempt? Of)
{
    /// <summary>How it ended, as Describe names it; null while it runs.</summary>
    internal string? Status { get; set; }

    /// <summary>Its output's text.</summary>
    internal string? Output { get; set; }

    internal string? Error { get; set; }

    internal string? Cause { get; set; }
}
