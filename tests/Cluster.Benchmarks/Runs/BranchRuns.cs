using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>The figures of Map and Parallel, on a whole node in this process with SQLite.</summary>
internal static class BranchRuns
{
    private const double MostMapMs = 30;
    private const int MapExecutions = 60;
    private const int MapWarmUps = 150;

    /// <summary>Between two looks for the end of a Map.</summary>
    private const uint PauseMicroseconds = 500;

    private const double LeastParallelRate = 500;
    private const int ParallelInFlight = 32;
    private const int ParallelExecutions = 4_000;
    private const int ParallelWarmUps = 2_000;
    private const string ParallelMachine = "parallel-10x5";
    private const string SmallInput = """{"order":"A-1042"}""";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    /// <summary>W3, one execution after the other: as many iterations at a time as may be, forty, and one.</summary>
    public static async Task<bool> MapAsync()
    {
        var reached = true;
        foreach (var concurrency in (int[])[0, 40, 1])
            reached &= await MapAsync(concurrency);
        return reached;
    }

    /// <summary>W4, 32 in flight.</summary>
    public static async Task<bool> ParallelAsync()
    {
        using var folder = new TempFolder();
        using var node = await InProcessNode.OpenAsync(folder.Path);
        await node.CreateAsync(ParallelMachine, BranchMachines.ParallelTenByFive);
        await new ClosedLoad(node, ParallelMachine, SmallInput, ParallelInFlight, Pause).RunAsync("warm", ParallelWarmUps);
        var load = new ClosedLoad(node, ParallelMachine, SmallInput, ParallelInFlight, Pause);
        var used = ProcessUsage.Of(node.ProcessId);
        var stored = await node.StoreAsync();
        var took = await load.RunAsync("run", ParallelExecutions);
        stored = await node.StoreAsync() - stored;
        used = ProcessUsage.Of(node.ProcessId) - used;
        return new Figure("w4_parallel_10x5")
            .With("in_flight", ParallelInFlight)
            .With("executions", ParallelExecutions)
            .With("store", "sqlite, synchronous=FULL")
            .With("p50_ms", load.Latencies.Median)
            .With("p99_ms", load.Latencies.At(0.99))
            .With("cpu_us", used.CpuSeconds * 1e6 / ParallelExecutions)
            .With("allocated_bytes", (double)stored.AllocatedBytes / ParallelExecutions)
            .With("appends", (double)stored.Appends / ParallelExecutions)
            .AtMost("histories_wrong", await WrongAsync(node, ParallelMachine, load.Ended, BranchMachines.ParallelEvents), 0)
            .AtLeast("executions_per_s", ParallelExecutions / took.TotalSeconds, LeastParallelRate)
            .Print();
    }

    private static async Task<bool> MapAsync(int concurrency)
    {
        var machine = string.Create(CultureInfo.InvariantCulture, $"map-1000-{concurrency}");
        using var folder = new TempFolder();
        using var node = await InProcessNode.OpenAsync(folder.Path);
        await node.CreateAsync(machine, BranchMachines.Map(concurrency));
        var load = new SerialLoad(node, machine, BranchMachines.MapInput, PauseMicroseconds);
        await load.RunAsync("warm", MapWarmUps);
        var used = ProcessUsage.Of(node.ProcessId);
        var stored = await node.StoreAsync();
        var (ended, latencies, _) = await load.RunAsync("run", MapExecutions);
        stored = await node.StoreAsync() - stored;
        used = ProcessUsage.Of(node.ProcessId) - used;
        var figure = new Figure("w3_map_1000")
            .With("max_concurrency", concurrency == 0 ? "unlimited" : concurrency.ToString(CultureInfo.InvariantCulture))
            .With("executions", MapExecutions)
            .With("store", "sqlite, synchronous=FULL")
            .With("best_ms", latencies.At(0))
            .With("p99_ms", latencies.At(0.99))
            .With("cpu_ms", used.CpuSeconds * 1e3 / MapExecutions)
            .With("allocated_bytes", (double)stored.AllocatedBytes / MapExecutions)
            .With("appends", (double)stored.Appends / MapExecutions)
            .AtMost("histories_wrong", await WrongAsync(node, machine, ended, BranchMachines.MapEvents), 0);
        return (concurrency == 0 ? figure.AtMost("p50_ms", latencies.Median, MostMapMs) : figure.With("p50_ms", latencies.Median)).Print();
    }

    /// <summary>How many histories are not as long as they must be, or don't end well.</summary>
    private static async Task<int> WrongAsync(InProcessNode node, string machine, IReadOnlyList<string> names, int events)
    {
        var wrong = 0;
        foreach (var name in names)
        {
            if (await node.LastEventAsync(machine, name) != new SeenEvent(events, "ExecutionSucceeded"))
                wrong++;
        }

        return wrong;
    }
}
