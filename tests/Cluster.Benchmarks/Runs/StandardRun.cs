using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;

namespace Cluster.Benchmarks.Runs;

/// <summary>W2: rate, latencies and cost of an execution, and whether every history is whole.</summary>
internal static class StandardRun
{
    /// <summary>Executions that are not measured, at most: the code is compiled, the file has grown.</summary>
    private const int WarmUp = 20_000;

    /// <summary>Between two looks for those that have ended.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Measures a load on a target that has the machine.</summary>
    /// <param name="figure">Takes the numbers.</param>
    /// <param name="target">What is measured.</param>
    /// <param name="inFlight">Executions at a time.</param>
    /// <param name="executions">How many are measured.</param>
    /// <returns>The latencies and the executions a second.</returns>
    public static async Task<(Samples Latencies, double Rate)> MeasureAsync(
        Figure figure, ILoadTarget target, int inFlight, int executions)
    {
        var (warm, _, _) = await LoadAsync(target, inFlight, "warm", Math.Min(WarmUp, executions));
        var own = ProcessUsage.Of(Environment.ProcessId);
        var used = ProcessUsage.Of(target.ProcessId);
        var stored = await target.StoreAsync();
        var (ended, latencies, took) = await LoadAsync(target, inFlight, "run", executions);
        stored = await target.StoreAsync() - stored;
        used = ProcessUsage.Of(target.ProcessId) - used;
        own = ProcessUsage.Of(Environment.ProcessId) - own;
        figure
            .With("machine", StandardFive.Machine)
            .With("in_flight", inFlight)
            .With("executions", executions)
            .With("input_bytes", StandardFive.Input.Length)
            .With("store", "sqlite, synchronous=FULL")
            .With("p50_ms", latencies.Median)
            .With("p99_ms", latencies.At(0.99))
            .With("cpu_us", used.CpuSeconds * 1e6 / executions)
            .With("allocated_bytes", (double)stored.AllocatedBytes / executions)
            .With("appends", (double)stored.Appends / executions)
            .With("commits", (double)stored.Commits / executions)
            .With("fsyncs", (double)stored.Flushes / executions)
            .With("rows_inserted", ((double)stored.Appends / executions) + StandardFive.OtherRows)
            .With("log_bytes", (double)stored.LogPages * StoreFigures.LogPageBytes / executions)
            .With("disk_bytes", (double)used.DiskBytes / executions)
            .With("writer_apply_us", stored.ApplyTime.TotalMicroseconds / executions)
            .With("writer_commit_us", stored.CommitTime.TotalMicroseconds / executions)
            .With("writer_checkpoint_us", stored.CheckpointTime.TotalMicroseconds / executions);
        if (target.ProcessId != Environment.ProcessId)
            figure.With("generator_cpu_us", own.CpuSeconds * 1e6 / executions);
        await HistoryCheck.RunAsync(figure, target, StandardFive.Machine, [.. warm, .. ended], StandardFive.History);
        return (latencies, executions / took.TotalSeconds);
    }

    /// <summary>Puts W2 on a target.</summary>
    /// <returns>The names of those that have ended, which are all, their latencies, and how long it took.</returns>
    public static async Task<(IReadOnlyList<string> Ended, Samples Latencies, TimeSpan Took)> LoadAsync(
        ILoadTarget target, int inFlight, string prefix, int executions)
    {
        if (inFlight == 1)
            return await new SerialLoad(target, StandardFive.Machine, StandardFive.Input).RunAsync(prefix, executions);
        var load = new ClosedLoad(target, StandardFive.Machine, StandardFive.Input, inFlight, Pause);
        var took = await load.RunAsync(string.Create(CultureInfo.InvariantCulture, $"{prefix}-{inFlight}"), executions);
        return (load.Ended, load.Latencies, took);
    }
}
