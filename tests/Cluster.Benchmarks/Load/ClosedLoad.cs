using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Cluster.Benchmarks.Figures;

namespace Cluster.Benchmarks.Load;

/// <summary>
/// A fixed number of executions in flight: when one has ended the next is started.
/// </summary>
/// <remarks>
/// That an execution has ended is learnt as any caller may learn it: by ListExecutions of those that are RUNNING, again and again. An
/// execution whose start was acknowledged before a listing began and that the listing does not hold has ended. The listing costs the server
/// a read of so many rows and the generator their reading; both are part of the figures, and the pause between two listings is part of the
/// latencies.
/// </remarks>
internal sealed class ClosedLoad(ILoadTarget target, string machine, string input, int inFlight, TimeSpan pause)
{
    /// <summary>A run in which nothing ends for so long has failed.</summary>
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<(string Name, long Began)> _acknowledged = new();
    private readonly Dictionary<string, long> _open = new(StringComparer.Ordinal);

    /// <summary>The names of all executions that have ended.</summary>
    public List<string> Ended { get; } = [];

    /// <summary>From the start's call until the end was seen.</summary>
    public Samples Latencies { get; } = new();

    /// <summary>Runs so many executions.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> RunAsync(string prefix, int executions)
    {
        var began = Stopwatch.GetTimestamp();
        var progressAt = began;
        var started = 0;
        var ended = 0;
        var failures = new ConcurrentQueue<Exception>();
        while (ended < executions)
        {
            for (; started < executions && started - ended < inFlight; started++)
                _ = StartAsync(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{started}"), failures);
            while (_acknowledged.TryDequeue(out var one))
                _open.Add(one.Name, one.Began);
            if (failures.TryDequeue(out var failure))
                throw new InvalidOperationException("A start failed.", failure);
            var found = _open.Count > 0 ? await SettleAsync() : 0;
            ended += found;
            if (found > 0)
                progressAt = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(progressAt) > LongestStandstill)
                throw new InvalidOperationException($"{_open.Count} executions did not end, {started} started.");
            await Task.Delay(pause);
        }

        return Stopwatch.GetElapsedTime(began);
    }

    private async Task<int> SettleAsync()
    {
        var running = await target.RunningAsync(machine);
        var now = Stopwatch.GetTimestamp();
        var still = running as HashSet<string> ?? running.ToHashSet(StringComparer.Ordinal);
        var gone = _open.Keys.Where(name => !still.Contains(name)).ToList();
        foreach (var name in gone)
        {
            _open.Remove(name, out var began);
            Latencies.Add(Stopwatch.GetElapsedTime(began, now).TotalMilliseconds);
            Ended.Add(name);
        }

        return gone.Count;
    }

    private async Task StartAsync(string name, ConcurrentQueue<Exception> failures)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            await target.StartAsync(machine, name, input);
            _acknowledged.Enqueue((name, began));
        }
        catch (Exception e)
        {
            failures.Enqueue(e);
        }
    }
}
