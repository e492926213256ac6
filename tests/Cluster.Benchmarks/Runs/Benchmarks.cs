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
    private const int SingleExecutions = 1_000;
    private const int ProbedCommits = 1_000;

    /// <summary>Rounds of one in flight; the one in the middle counts, for a disk that others use stalls now and then for many commits.</summary>
    private const int SingleRounds = 3;

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

    /// <summary>One in flight, in this process, against the median commit of one row on the same disk in the same run.</summary>
    public static async Task<bool> SingleAsync()
    {
        var commits = new Samples();
        var medians = new Samples();
        var slowest = new Samples();
        var figure = new Figure("w2_one_in_flight");
        for (var round = 0; round < SingleRounds; round++)
        {
            using var folder = new TempFolder();
            CommitProbe.Run(folder["probe.db"], ProbedCommits, commits);
            using var node = await InProcessNode.OpenAsync(folder.Path);
            await node.CreateAsync(StandardFive.Machine, StandardFive.Definition);
            var (latencies, rate) = await StandardRun.MeasureAsync(figure, node, inFlight: 1, SingleExecutions);
            CommitProbe.Run(folder["probe-after.db"], ProbedCommits, commits);
            figure.With("executions_per_s", rate);
            medians.Add(latencies.Median);
            slowest.Add(latencies.At(0.99));
        }

        return figure
            .With("rounds", SingleRounds)
            .With("p50_ms", medians.Median)
            .With("p99_ms", slowest.Median)
            .With("p99_ms_best", slowest.At(0))
            .With("p99_ms_worst", slowest.At(1))
            .With("commit_median_ms", commits.Median)
            .With("commit_p99_ms", commits.At(0.99))
            .AtMost("p50_commits", medians.Median / commits.Median, 15)
            .AtMost("p99_commits", slowest.Median / commits.Median, 40)
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
