using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>Executions that are part of a task of another: 10,000 children by <c>.sync:2</c>, with a real server over HTTP.</summary>
internal static class NestedRuns
{
    private const double LeastRate = 1_500;
    private const int Children = 10_000;
    private const int WarmUps = 4_000;
    private const int PairsInFlight = 256;

    /// <summary>As many children in flight as with pairs, or a few more.</summary>
    private const int MapsInFlight = 3;

    /// <summary>Between two looks for the end of parents.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>A parent for each child, and parents with a Map over a hundred children each.</summary>
    public static async Task<bool> RunAsync() =>
        await RunAsync("nested_pairs", NestedMachines.Pair, NestedMachines.PairDefinition, StandardFive.Input, childrenEach: 1, PairsInFlight)
        & await RunAsync("nested_map", NestedMachines.Map, NestedMachines.MapDefinition, NestedMachines.MapInput, NestedMachines.ChildrenOfMap, MapsInFlight);

    private static async Task<bool> RunAsync(string name, string machine, string definition, string input, int childrenEach, int inFlight)
    {
        using var folder = new TempFolder();
        await using var server = await HttpServer.RunAsync(folder.Path);
        var figure = new Figure(name)
            .With("children", Children)
            .With("children_of_a_parent", childrenEach)
            .With("parents_in_flight", inFlight)
            .With("store", "sqlite, synchronous=FULL");
        var pass = await ActivityRuns.PassAsync(figure, server);
        var before = await server.SucceededAsync(NestedMachines.Child);
        await server.CreateAsync(machine, definition);
        await new ClosedLoad(server, machine, input, inFlight, Pause).RunAsync("warm", WarmUps / childrenEach);
        var cost = await RunCost.BeginAsync(server);
        var load = new ClosedLoad(server, machine, input, inFlight, Pause);
        var took = await load.RunAsync("run", Children / childrenEach);
        var cpu = await cost.TellAsync(figure, "", Children);
        var rate = Children / took.TotalSeconds;
        figure.With("cpu_us_of_both", cpu).With("of_pass_rate", rate / pass).With("p50_ms", load.Latencies.Median).With("p99_ms", load.Latencies.At(0.99));
        if (childrenEach == 1)
            await HistoryCheck.RunAsync(figure, server, machine, load.Ended, NestedMachines.PairHistory);
        else
            figure.AtMost("parents_missing", (WarmUps + Children) / childrenEach - await server.SucceededAsync(machine), 0);
        var missing = before + WarmUps + Children - await server.SucceededAsync(NestedMachines.Child);
        return figure.AtMost("children_missing", missing, 0).AtMost("children_too_many", -missing, 0).AtLeast("children_per_s", rate, LeastRate).Print();
    }
}
