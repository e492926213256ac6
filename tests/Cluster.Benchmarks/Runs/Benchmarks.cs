using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Journal;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>The figures of docs/performance.md, one method each. Each prints its line and says whether its goals were reached.</summary>
internal static class Benchmarks
{
    private const int InFlight = 256;
    private const int Executions = 40_000;
    private const int SingleExecutions = 2_000;
    private const int ProbedCommits = 2_000;

    /// <summary>256 in flight, in this process.</summary>
    public static async Task<bool> InProcessAsync()
    {
        using var folder = new TempFolder();
        using var node = await InProcessNode.OpenAsync(folder.Path);
        await node.CreateAsync(StandardFive.Machine, StandardFive.Definition);
        var figure = new Figure("w2_in_process").With("generator", "same process; its cost is in cpu_us and allocated_bytes");
        var (_, rate) = await StandardRun.MeasureAsync(figure, node, InFlight, Executions);
        return figure.AtLeast("executions_per_s", rate, 5_000).Print();
    }

    /// <summary>256 in flight, over HTTP.</summary>
    public static async Task<bool> HttpAsync()
    {
        using var folder = new TempFolder();
        await using var server = await HttpServer.RunAsync(folder.Path);
        await server.CreateAsync(StandardFive.Machine, StandardFive.Definition);
        var figure = new Figure("w2_http").With("generator", "a process of its own on the same cores, HTTP/1.1, 64 connections");
        var (_, rate) = await StandardRun.MeasureAsync(figure, server, InFlight, Executions);
        return figure.AtLeast("executions_per_s", rate, 2_500).Print();
    }

    /// <summary>One in flight, in this process, against a commit of one row on the same disk, before and after.</summary>
    public static async Task<bool> SingleAsync()
    {
        using var folder = new TempFolder();
        var before = CommitProbe.Run(folder.Path, ProbedCommits).Median;
        File.Delete(folder["probe.db"]);
        using var node = await InProcessNode.OpenAsync(folder.Path);
        await node.CreateAsync(StandardFive.Machine, StandardFive.Definition);
        var figure = new Figure("w2_one_in_flight");
        var (latencies, rate) = await StandardRun.MeasureAsync(figure, node, inFlight: 1, SingleExecutions);
        var after = CommitProbe.Run(folder.Path, ProbedCommits).Median;
        var commit = (before + after) / 2;
        return figure
            .With("executions_per_s", rate)
            .With("commit_median_ms_before", before)
            .With("commit_median_ms_after", after)
            .AtMost("p50_commits", latencies.Median / commit, 15)
            .AtMost("p99_commits", latencies.At(0.99) / commit, 40)
            .Print();
    }

    /// <summary>An idle server.</summary>
    public static async Task<bool> IdleAsync()
    {
        using var folder = new TempFolder();
        var seen = await RestartRun.MeasureAsync(folder.Path);
        return new Figure("idle")
            .With("ready_s", seen.ReadySeconds)
            .AtMost("resident_mib", seen.ResidentMiB, 120)
            .With("resident_mib_collected", seen.CollectedMiB)
            .Print();
    }

    /// <summary>A server that starts on many waiting executions.</summary>
    public static Task<bool> RestartAsync(int waiting) => RestartRun.RunAsync(waiting);
}
