using System.Diagnostics;
using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>What a server needs that starts on a folder full of executions that wait for hours.</summary>
internal static class RestartRun
{
    public const string Machine = "waiting";

    /// <summary>It waits for four hours.</summary>
    public const string Definition = """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":14400,"End":true}}}""";

    /// <summary>Starts at a time while the folder is filled.</summary>
    private const int Starters = 512;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);

    /// <summary>How a server stands some time after its start.</summary>
    /// <param name="ReadySeconds">From the start of the process until it said that it is ready.</param>
    /// <param name="ResidentMiB">Resident memory 10 s later.</param>
    /// <param name="CollectedMiB">The same after a full collection.</param>
    /// <param name="Live">Execution actors then.</param>
    public readonly record struct Standing(double ReadySeconds, double ResidentMiB, double CollectedMiB, long Live);

    /// <summary>Measures a restart on waiting executions against one on an empty folder.</summary>
    public static async Task<bool> RunAsync(int waiting)
    {
        using var empty = new TempFolder();
        using var full = new TempFolder();
        var accepted = await FillAsync(full.Path, waiting);
        var base0 = await MeasureAsync(empty.Path);
        var seen = await MeasureAsync(full.Path);
        return new Figure("restart_on_waiting")
            .With("waiting", waiting)
            .With("accepted_per_s", accepted)
            .With("file_bytes_each", (double)new FileInfo(full["cluster.db"]).Length / waiting)
            .With("ready_s_empty", base0.ReadySeconds)
            .AtMost("ready_s", seen.ReadySeconds, 2)
            .With("resident_mib_empty", base0.CollectedMiB)
            .With("resident_mib", seen.CollectedMiB)
            .AtMost("resident_mib_more", seen.CollectedMiB - base0.CollectedMiB, 40)
            .AtMost("live_execution_actors", seen.Live, 1_000)
            .Print();
    }

    /// <summary>Starts a server on a folder and looks at it.</summary>
    public static async Task<Standing> MeasureAsync(string folder, BenchPostgres? postgres = null)
    {
        var began = Stopwatch.GetTimestamp();
        await using var server = await HttpServer.RunAsync(folder, postgres);
        var ready = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.Delay(Settling);
        var resident = ProcessUsage.ResidentMiB(server.ProcessId);
        var status = await server.AdminAsync(collect: true);
        var standing = new Standing(ready, resident, ProcessUsage.ResidentMiB(server.ProcessId), (long)status["executionsInMemory"]!);
        await server.StopAsync();
        return standing;
    }

    private static async Task<double> FillAsync(string folder, int waiting)
    {
        using var node = await InProcessNode.OpenAsync(folder);
        await node.CreateAsync(Machine, Definition);
        var shards = node.LiveActors;
        var began = Stopwatch.GetTimestamp();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Starters).Select(_ => Task.Run(StartAsync)));
        var rate = waiting / Stopwatch.GetElapsedTime(began).TotalSeconds;
        while (node.LiveActors > shards)
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        return rate;

        async Task StartAsync()
        {
            for (var i = Interlocked.Increment(ref next); i < waiting; i = Interlocked.Increment(ref next))
                await node.StartAsync(Machine, string.Create(CultureInfo.InvariantCulture, $"waiting-{i}"), StandardFive.Input);
        }
    }
}
