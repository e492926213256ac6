namespace Cluster.Checker.Histories;

/// <summary>
/// What holds for every history, judged by the history and the definition's text alone: dense ids, nothing after the end, chains and markers,
/// a walk of the definition, branches inside their parents, lanes, retries, results in order, times along chains.
/// </summary>
/// <remarks>It shares no code with the engine. A history may still be open: then what has not come yet is not missed.</remarks>
public static class HistoryRules
{
    /// <summary>How many events before a wrong one are shown.</summary>
    private const int LinesBefore = 25;

    /// <summary>The first thing that is wrong with a history, or null.</summary>
    /// <param name="definition">The definition's text.</param>
    /// <param name="history">The history, from its first event on.</param>
    public static string? Check(string definition, IReadOnlyList<HistoryLine> history) => Check(ScopeOutline.OfMachine(definition), history);

    /// <summary>The same, for a definition that was read before.</summary>
    internal static string? Check(ScopeOutline machine, IReadOnlyList<HistoryLine> history)
    {
        var judge = new HistoryJudge(machine, history);
        for (var i = 0; i < history.Count; i++)
        {
            if ((Shape(history, i) ?? judge.Take(history[i])) is { } wrong)
                return $"event {history[i]}: {wrong}\n{string.Join('\n', history.Skip(i - LinesBefore).Take(Math.Min(i, LinesBefore)))}";
        }

        return null;
    }

    /// <summary>What needs no definition.</summary>
    private static string? Shape(IReadOnlyList<HistoryLine> history, int i)
    {
        var line = history[i];
        if (line.Id != i + 1)
            return $"its id should be {i + 1}";
        if (line.PreviousId < 0 || line.PreviousId >= line.Id)
            return "it is chained to itself or to what follows";
        if (i > 0 && history[i - 1].IsTerminal)
            return "something follows the end";
        if (i == 0 != (line.Type == "ExecutionStarted"))
            return "a history begins with its start, and only there";
        if (line.PreviousId > 0 && line.At < history[(int)line.PreviousId - 1].At)
            return $"it is before event {line.PreviousId}, to which it is chained";
        return null;
    }
}
