namespace Cluster.Checker.Histories;

/// <summary>A history event as AWS shows it, as far as the rules look at it.</summary>
/// <param name="Id">Its id, from 1.</param>
/// <param name="PreviousId">The id that it names as its causal parent; 0 for none.</param>
/// <param name="At">When it was, in Unix milliseconds.</param>
/// <param name="Type">Its type, as AWS names it.</param>
public sealed record HistoryLine(long Id, long PreviousId, long At, string Type)
{
    /// <summary>The state, or the Map of an iteration.</summary>
    public string? Name { get; init; }

    /// <summary>The index of an iteration.</summary>
    public int? Index { get; init; }

    /// <summary>How many items a Map has.</summary>
    public int? Length { get; init; }

    /// <summary>The input or output, as text.</summary>
    public string? Payload { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }

    /// <summary>Whether it ends the execution.</summary>
    public bool IsTerminal => Type is "ExecutionSucceeded" or "ExecutionFailed" or "ExecutionAborted" or "ExecutionTimedOut";

    /// <inheritdoc/>
    public override string ToString() => $"{Id} <- {PreviousId} {Type} {Name}{(Index is { } index ? $"[{index}]" : "")}";
}
