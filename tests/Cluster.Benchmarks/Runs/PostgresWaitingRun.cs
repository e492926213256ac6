using System.Diagnostics;
using System.Globalization;
using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>What a server needs that starts on a PostgreSQL full of executions that wait for hours.</summary>
internal static class PostgresWaitingRun
{
    /// <summary>Measures a start on waiting executions, and one on an empty database.</summary>
    public static async Task<bool> RunAsync(int waiting)
    {
        using var postgres = BenchPostgres.Start();
        using var folder = new TempFolder();
        var empty = await RestartRun.MeasureAsync(folder.Path, postgres);
        var before = postgres.Read();
        var began = Stopwatch.GetTimestamp();
        await postgres.FillAsync(
            RestartRun.Machine,
            RestartRun.Definition,
            Enumerable.Range(0, waiting).Select(i => string.Create(CultureInfo.InvariantCulture, $"waiting-{i}")));
        var filled = Stopwatch.GetElapsedTime(began);
        var done = postgres.Read() - before;
        var seen = await RestartRun.MeasureAsync(folder.Path, postgres);
        return new Figure("postgres_waiting")
            .With("waiting", waiting)
            .With("settings", BenchPostgres.Settings)
            .With("filled_s", filled.TotalSeconds)
            .With("rows_each", (double)done.Inserted / waiting)
            .With("table_bytes_each", (double)done.Bytes / waiting)
            .With("ready_s_empty", empty.ReadySeconds)
            .AtMost("ready_s", seen.ReadySeconds, 15)
            .With("resident_mib_empty", empty.ResidentMiB)
            .With("resident_mib_collected", seen.CollectedMiB)
            .AtMost("resident_mb", seen.ResidentMiB * 1.048576, 300)
            .AtMost("live_execution_actors", seen.Live, 1_000)
            .Print();
    }
}
