namespace Cluster.Checker.Histories;

/// <summary>How histories end.</summary>
internal static class HistoryEnds
{
    public static string? Judge(HistoryLine line, ScopeRun root) => line.Type switch
    {
        "ExecutionSucceeded" => Succeeded(line, root),
        "ExecutionFailed" => Failed(line, root),
        _ => line.PreviousId == 0 ? null : "an end from outside is chained to nothing",
    };

    /// <summary>Whether it is the end of a history that is too long.</summary>
    public static bool IsFull(HistoryLine line) =>
        line.Error == "States.Runtime" && line.Cause?.StartsWith("The execution reached the maximum number of history events", StringComparison.Ordinal) == true;

    private static string? Succeeded(HistoryLine line, ScopeRun root)
    {
        if (line.PreviousId != root.Tail || root.Current is not null || !root.MayHaveEnded)
            return "the machine has not ended there";
        return line.Payload == root.Output || root.Output is null ? null : $"its last state put out {root.Output}";
    }

    private static string? Failed(HistoryLine line, ScopeRun root)
    {
        if (IsFull(line))
            return null;
        if (line.Error == "States.Runtime")
        {
            return root.Open().Any(scope => scope.Current is { } run && (scope.Tail == line.PreviousId || run.MarkerId == line.PreviousId))
                ? null
                : "no branch stands there";
        }

        if (line.PreviousId != root.Tail && line.PreviousId != root.Current?.MarkerId)
            return "the machine does not stand there";
        if (root.Current is not { CanHaveFailed: true } failed)
            return "no state of the machine has failed";
        return failed.Shown is { IsKnown: true } shown && shown.Error != line.Error ? $"the error was {shown.Error}" : null;
    }
}
