using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Cluster.Benchmarks.Figures;

namespace Cluster.Benchmarks.Load;

/// <summary>
/// One execution at a time, from a thread of its own that blocks: it takes nothing from the pool that the node runs on.
/// </summary>
/// <remarks>
/// The end is seen as in <see cref="ClosedLoad"/>, by a listing every <see cref="PauseMicroseconds"/>; a latency is therefore too long by up
/// to one pause and one listing, never too short.
/// </remarks>
/// <param name="target">What is measured.</param>
/// <param name="machine">The machine.</param>
/// <param name="input">The input of each execution.</param>
/// <param name="pause">
/// Between two listings, in microseconds; far below the latency that is measured, and long enough to leave the cores to the node: a listing
/// takes about 50 µs.
/// </param>
internal sealed class SerialLoad(ILoadTarget target, string machine, string input, uint pause = SerialLoad.PauseMicroseconds)
{
    /// <summary>For latencies of a millisecond.</summary>
    private const uint PauseMicroseconds = 100;

    private static readonly TimeSpan LongestExecution = TimeSpan.FromSeconds(30);

    /// <summary>Runs so many executions.</summary>
    /// <returns>The names, the latencies, and how long it all took.</returns>
    public Task<(IReadOnlyList<string> Ended, Samples Latencies, TimeSpan Took)> RunAsync(string prefix, int executions) =>
        Task.Factory.StartNew(
            () => Run(prefix, executions), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private (IReadOnlyList<string> Ended, Samples Latencies, TimeSpan Took) Run(string prefix, int executions)
    {
        var ended = new List<string>(executions);
        var latencies = new Samples();
        var all = Stopwatch.GetTimestamp();
        for (var i = 0; i < executions; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{i}");
            var began = Stopwatch.GetTimestamp();
            target.StartAsync(machine, name, input).GetAwaiter().GetResult();
            while (target.RunningAsync(machine).GetAwaiter().GetResult().Count > 0)
            {
                if (Stopwatch.GetElapsedTime(began) > LongestExecution)
                    throw new InvalidOperationException($"{name} did not end.");
                _ = Pause(pause);
            }

            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            ended.Add(name);
        }

        return (ended, latencies, Stopwatch.GetElapsedTime(all));
    }

    [DllImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Pause(uint microseconds);
}
