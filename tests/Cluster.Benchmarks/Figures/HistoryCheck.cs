using System.Globalization;
using Cluster.Benchmarks.Load;

namespace Cluster.Benchmarks.Figures;

/// <summary>Reads the histories of what was run and holds each against what it must be.</summary>
internal static class HistoryCheck
{
    /// <summary>Histories that are read at a time.</summary>
    private const int Readers = 8;

    /// <summary>Reads histories and tells how many are wrong, which must be none.</summary>
    /// <param name="figure">Takes the numbers.</param>
    /// <param name="target">Where they are read.</param>
    /// <param name="machine">Whose executions they are.</param>
    /// <param name="names">The executions.</param>
    /// <param name="due">The types that each must have, with ids from 1 on.</param>
    public static async Task RunAsync(
        Figure figure, ILoadTarget target, string machine, IReadOnlyList<string> names, IReadOnlyList<string> due)
    {
        var next = -1;
        var wrong = 0;
        string? first = null;
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(ReadAsync)));
        figure.With("histories_read", names.Count).With("history_events_each", due.Count).AtMost("histories_wrong", wrong, 0);
        if (first is not null)
            figure.With("first_wrong", first);

        async Task ReadAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < names.Count; i = Interlocked.Increment(ref next))
            {
                if (Judge(await target.HistoryAsync(machine, names[i]), due) is not { } reason)
                    continue;
                Interlocked.Increment(ref wrong);
                Interlocked.CompareExchange(ref first, $"{names[i]}: {reason}", comparand: null);
            }
        }
    }

    /// <summary>What is wrong with a history, or null.</summary>
    private static string? Judge(IReadOnlyList<SeenEvent> history, IReadOnlyList<string> due)
    {
        if (history.Count != due.Count)
            return string.Create(CultureInfo.InvariantCulture, $"{history.Count} events in place of {due.Count}");
        for (var i = 0; i < history.Count; i++)
        {
            if (history[i].Id != i + 1 || history[i].Type != due[i])
                return string.Create(CultureInfo.InvariantCulture, $"event {i + 1} is {history[i].Type} with id {history[i].Id}, not {due[i]}");
        }

        return null;
    }
}
