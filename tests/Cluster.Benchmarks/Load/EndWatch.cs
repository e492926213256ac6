using System.Diagnostics;
using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Node.Journal;

namespace Cluster.Benchmarks.Load;

/// <summary>
/// One execution in flight, whose end is seen when the journal has committed the append that holds it. To ask a server for its end again and
/// again would cost as much as what is measured.
/// </summary>
internal sealed class EndWatch
{
    private static readonly TimeSpan LongestExecution = TimeSpan.FromSeconds(30);

    private TaskCompletionSource<long> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>For a <see cref="WatchedJournal"/>: an append has committed.</summary>
    public void Appended(AppendRequest append)
    {
        if (append.Row is { Terminal: true })
            _ended.TrySetResult(Stopwatch.GetTimestamp());
    }

    /// <summary>Runs so many executions of W2, one after the other.</summary>
    /// <param name="target">What is measured.</param>
    /// <param name="prefix">How the names begin.</param>
    /// <param name="executions">How many.</param>
    /// <param name="between">What is done after each, not measured; or null.</param>
    /// <returns>The names, the latencies from the start's call to the end's commit, and how long it all took.</returns>
    public async Task<(IReadOnlyList<string> Ended, Samples Latencies, TimeSpan Took)> RunAsync(
        ILoadTarget target, string prefix, int executions, Action? between = null)
    {
        var ended = new List<string>(executions);
        var latencies = new Samples();
        var all = Stopwatch.GetTimestamp();
        for (var i = 0; i < executions; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
            _ended = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            var began = Stopwatch.GetTimestamp();
            await target.StartAsync(StandardFive.Machine, name, StandardFive.Input);
            latencies.Add(Stopwatch.GetElapsedTime(began, await _ended.Task.WaitAsync(LongestExecution)).TotalMilliseconds);
            ended.Add(name);
            between?.Invoke();
        }

        return (ended, latencies, Stopwatch.GetElapsedTime(all));
    }
}
