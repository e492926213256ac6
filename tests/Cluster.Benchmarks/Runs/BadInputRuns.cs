using Cluster.Benchmarks.Figures;
using Cluster.Testing.BadInput;

namespace Cluster.Benchmarks.Runs;

/// <summary>The real times of bad input: the cases that the tests hold, a line each.</summary>
internal static class BadInputRuns
{
    private const double MiB = 1 << 20;
    private const double MostHeapMiB = 32;
    private const double MostResidentMiB = 256;
    private const double MostWitnessMs = 2_000;

    /// <summary>Runs all cases, those for a server as it ships and those for one without a limit of history.</summary>
    public static async Task<bool> RunAsync()
    {
        var reached = true;
        await using (var server = await BadInputServer.RunAsync())
        {
            foreach (var one in BadInputCases.All)
                reached &= await PrintAsync(server, one);
        }

        await using (var server = await BadInputServer.RunAsync("--set", "node:historyLimit=0"))
        {
            foreach (var one in BadInputCases.WithoutHistoryLimit)
                reached &= await PrintAsync(server, one);
        }

        return reached;
    }

    private static async Task<bool> PrintAsync(BadInputServer server, BadInputCase one)
    {
        var figures = await server.RunAsync(one);
        return new Figure("bad_input")
            .With("case", one.Name)
            .AtMost("slowest_answer_ms", figures.Slowest.TotalMilliseconds, one.Within.TotalMilliseconds)
            .AtMost("slowest_other_ms", figures.WitnessSlowest.TotalMilliseconds, MostWitnessMs)
            .AtMost("heap_growth_mib", figures.HeapGrowth / MiB, MostHeapMiB)
            .AtMost("resident_mib", figures.ResidentBytes / MiB, MostResidentMiB)
            .With("peak_mib", figures.PeakBytes / MiB)
            .Print();
    }
}
