using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Journal;
using Cluster.Benchmarks.Load;

namespace Cluster.Benchmarks.Runs;

/// <summary>W2 on one node with a PostgreSQL beside it on the same cores, which flushes every commit.</summary>
internal static class PostgresRuns
{
    private const int InFlight = 256;
    private const int Executions = 20_000;
    private const int WarmUp = 10_000;
    private const int SingleExecutions = 300;
    private const int SingleWarmUp = 3_000;
    private const int UnpausedCommits = 500;
    private const int Rounds = 3;
    private const int SingleRounds = 5;

    /// <summary>256 in flight: the rate, and what an execution costs the node, the server and the disk. The round in the middle counts.</summary>
    public static async Task<bool> LoadedAsync()
    {
        using var postgres = BenchPostgres.Start();
        var rates = new Samples();
        var figure = new Figure("w2_postgres").With("settings", BenchPostgres.Settings)
            .With("generator", "same process; its cost is in node_cpu_us");
        var names = (await RunAsync(postgres, figure, InFlight, "warm", WarmUp)).Names.ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var (ended, _, rate) = await RunAsync(postgres, figure, InFlight, $"round-{round}", Executions);
            names.AddRange(ended);
            rates.Add(rate);
        }

        using (var node = await postgres.OpenNodeAsync())
            await HistoryCheck.RunAsync(figure, node, StandardFive.Machine, names, StandardFive.History);
        return figure
            .With("executions_per_s_least", rates.At(0))
            .With("executions_per_s_most", rates.At(1))
            .AtLeast("executions_per_s", rates.Median, 3_500)
            .Print();
    }

    /// <summary>
    /// One in flight, from its start's call to the commit that ends it, against the median commit of one row on the same server. One such
    /// commit follows each execution, so both meet the machine in the same state: a processor that rested wakes late, and commits without
    /// pause, told beside it, keep it awake.
    /// </summary>
    public static async Task<bool> SingleAsync()
    {
        using var postgres = BenchPostgres.Start();
        var ratios = new Samples();
        var medians = new Samples();
        var slowest = new Samples();
        var commits = new Samples();
        var unpaused = new Samples();
        var figure = new Figure("w2_postgres_one_in_flight").With("settings", BenchPostgres.Settings);
        var names = (await RunAsync(postgres, figure, inFlight: 1, "warm", SingleWarmUp)).Names.ToList();
        names.AddRange((await RunAsync(postgres, figure, inFlight: 1, "counted", SingleExecutions)).Names);
        for (var round = 0; round < SingleRounds; round++)
        {
            var probed = new Samples();
            using (var connection = postgres.Open())
            using (var probe = new PostgresCommitProbe(connection))
            {
                for (var i = 0; i < UnpausedCommits; i++)
                    probe.Commit(unpaused);
                var rest = new Figure("uncounted");
                var (ended, latencies, _) = await RunAsync(postgres, rest, inFlight: 1, $"round-{round}", SingleExecutions, () => probe.Commit(probed));
                names.AddRange(ended);
                medians.Add(latencies.Median);
                slowest.Add(latencies.At(0.99));
                commits.Add(probed.Median);
                ratios.Add(latencies.Median / probed.Median);
            }
        }

        using (var node = await postgres.OpenNodeAsync())
            await HistoryCheck.RunAsync(figure, node, StandardFive.Machine, names, StandardFive.History);
        return figure
            .With("rounds", SingleRounds)
            .With("p50_ms", medians.Median)
            .With("p99_ms", slowest.Median)
            .With("commit_median_ms", commits.Median)
            .With("unpaused_commit_median_ms", unpaused.Median)
            .With("p50_unpaused_commits", medians.Median / unpaused.Median)
            .With("p50_commits_best", ratios.At(0))
            .With("p50_commits_worst", ratios.At(1))
            .AtMost("p50_commits", ratios.Median, 9)
            .Print();
    }

    /// <summary>The journal alone; no goal.</summary>
    public static async Task<bool> JournalAsync()
    {
        using var postgres = BenchPostgres.Start();
        using var store = postgres.OpenStore();
        var commits = new Samples();
        Probe(postgres, commits);
        await JournalProbe.RunAsync(store, [(1, 500), (1, 1_000), (32, 5_000), (256, 20_000), (256, 20_000), (1, 1_000)]);
        Probe(postgres, commits);
        return new Figure("postgres_commit").With("median_ms", commits.Median).Print();
    }

    private static void Probe(BenchPostgres postgres, Samples times)
    {
        using var connection = postgres.Open();
        using var probe = new PostgresCommitProbe(connection);
        for (var i = 0; i < UnpausedCommits; i++)
            probe.Commit(times);
    }

    /// <summary>
    /// One load by a node that is opened for it and closed after it: a backend tells its counts when it ends.
    /// </summary>
    private static async Task<(IReadOnlyList<string> Names, Samples Latencies, double Rate)> RunAsync(
        BenchPostgres postgres, Figure figure, int inFlight, string prefix, int executions, Action? between = null)
    {
        var before = postgres.Read();
        var ends = new EndWatch();
        using var node = await postgres.OpenNodeAsync(inFlight == 1 ? journal => new WatchedJournal(journal, ends.Appended) : null);
        await node.CreateAsync(StandardFive.Machine, StandardFive.Definition);
        var own = ProcessUsage.Of(Environment.ProcessId);
        var served = postgres.CpuSeconds();
        var load = inFlight == 1
            ? await ends.RunAsync(node, prefix, executions, between)
            : await StandardRun.LoadAsync(node, inFlight, prefix, executions);
        served = postgres.CpuSeconds() - served;
        own = ProcessUsage.Of(Environment.ProcessId) - own;
        var stored = await node.StoreAsync();
        node.Dispose();
        postgres.Run("CHECKPOINT");
        var done = postgres.Read() - before;
        figure
            .With("machine", StandardFive.Machine)
            .With("in_flight", inFlight)
            .With("executions", executions)
            .With("p50_ms", load.Latencies.Median)
            .With("p99_ms", load.Latencies.At(0.99))
            .With("node_cpu_us", own.CpuSeconds * 1e6 / executions)
            .With("postgres_cpu_us", served * 1e6 / executions)
            .With("appends", (double)stored.Appends / executions)
            .With("appends_per_commit", (double)stored.Appends / stored.Commits)
            .With("commits", (double)stored.Commits / executions)
            .With("writer_busy", stored.ApplyTime / load.Took)
            .With("writer_us", stored.ApplyTime.TotalMicroseconds / executions)
            .With("commit_us", stored.ApplyTime.TotalMicroseconds / stored.Commits)
            .With("rows_inserted", (double)done.Inserted / executions)
            .With("rows_updated", (double)done.Updated / executions)
            .With("rows_updated_in_place", (double)done.UpdatedInPlace / executions)
            .With("table_bytes", (double)done.Bytes / executions)
            .With("wal_bytes", (double)done.WalBytes / executions)
            .With("wal_whole_pages", (double)done.WalPages / executions)
            .With("fsyncs_wal", (double)done.WalSyncs / executions)
            .With("fsyncs_checkpoints", (double)done.FileSyncs / executions);
        return (load.Ended, load.Latencies, executions / load.Took.TotalSeconds);
    }
}
