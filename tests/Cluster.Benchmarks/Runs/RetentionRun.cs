using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Journal;
using Cluster.Benchmarks.Load;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>What writers feel of the removal of many old executions, beside the same load without it.</summary>
internal static class RetentionRun
{
    private const int Old = 100_000;
    private const int FillInFlight = 256;
    private const int InFlight = 8;

    /// <summary>How often as long a slow append may take while executions are removed.</summary>
    private const double MostTimes = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(15);

    /// <summary>How long ago the old ones ended: their weeks of PostgreSQL have no partition of their own, so that each row is removed.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromDays(200);

    public static async Task<bool> SqliteAsync()
    {
        using var folder = new TempFolder();
        using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = folder.Path }, out var refusal)
            ?? throw new InvalidOperationException(refusal);
        var file = folder[SqliteStore.FileName];
        return await RunAsync("retention", store, store, await store.AcquireShardsAsync(CancellationToken.None), () => new FileInfo(file).Length);
    }

    public static async Task<bool> PostgresAsync()
    {
        using var postgres = BenchPostgres.Start();
        using var store = postgres.OpenStore();
        return await RunAsync("retention_postgres", store, store, await store.AcquireShardsAsync(CancellationToken.None), bytes: null);
    }

    private static async Task<bool> RunAsync(
        string name, IExecutionJournal journal, IRetentionStore retention, IReadOnlyList<long> epochs, Func<long>? bytes)
    {
        var old = (DateTimeOffset.UtcNow - Age).ToUnixTimeMilliseconds();
        await new PacedAppends(journal, epochs, "old", () => old).RunAsync(FillInFlight, Old, TimeSpan.Zero, CancellationToken.None);
        var figure = new Figure(name).With("executions_removed", Old);
        var young = new PacedAppends(journal, epochs, "young", () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        using var before = new CancellationTokenSource(Beside);
        var alone = await young.RunAsync(InFlight, long.MaxValue, Pause, before.Token);
        var size = bytes?.Invoke();

        using var meter = new Meter("bench");
        using var during = new CancellationTokenSource();
        var load = young.RunAsync(InFlight, long.MaxValue, Pause, during.Token);
        var began = Stopwatch.GetTimestamp();
        var round = new RetentionRound(
            retention, new RetentionRules(RetentionRules.Default, []), TimeProvider.System, RetentionRound.DefaultPause, new RetentionMetrics(meter));
        var tally = await round.RunAsync(CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await during.CancelAsync();
        var beside = await load;
        if (tally?.Executions != Old)
            throw new InvalidOperationException($"{tally?.Executions} executions were removed.");

        if (bytes is not null)
        {
            await new PacedAppends(journal, epochs, "again", () => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds())
                .RunAsync(FillInFlight, Old / 2, TimeSpan.Zero, CancellationToken.None);
            figure.With("mib_before", size!.Value / 1048576.0).With("mib_after_half_as_many_again", bytes() / 1048576.0);
        }

        return figure
            .With("seconds", took)
            .With("removed_per_s", Old / took)
            .With("appends_per_s_alone", alone.Count / Beside.TotalSeconds)
            .With("appends_per_s_beside", beside.Count / took)
            .With("p50_ms_alone", alone.Median)
            .With("p50_ms_beside", beside.Median)
            .With("p99_ms_alone", alone.At(0.99))
            .With("p99_ms_beside", beside.At(0.99))
            .With("longest_ms_alone", alone.At(1))
            .With("longest_ms_beside", beside.At(1))
            .AtMost("p99_times", beside.At(0.99) / alone.At(0.99), MostTimes)
            .Print();
    }
}
