namespace Cluster.Integration.Tests.Faults;

/// <summary>How a start was answered.</summary>
internal enum LoadAnswerKind
{
    Acknowledged,

    /// <summary>It may be asked for again.</summary>
    Refused,

    /// <summary>Another node must be asked, which was named.</summary>
    NotOwner,

    /// <summary>No answer came.</summary>
    Unsure,
}

/// <summary>An answer to a start.</summary>
/// <param name="Node">Who was asked.</param>
/// <param name="At">When, Unix milliseconds.</param>
/// <param name="After">How long the answer took.</param>
/// <param name="Kind">What it was.</param>
internal readonly record struct LoadAnswer(string Node, long At, TimeSpan After, LoadAnswerKind Kind)
{
    public bool Refused => Kind == LoadAnswerKind.Refused;
}
