using Cluster.Benchmarks.Figures;
using Cluster.Benchmarks.Load;
using Cluster.Testing;

namespace Cluster.Benchmarks.Runs;

/// <summary>Round trips of activities: start, poll, success, end, with a real server over HTTP.</summary>
internal static class ActivityRuns
{
    private const double LeastRate = 3_000;
    private const int Executions = 30_000;
    private const int WarmUps = 10_000;

    /// <summary>Between two looks for the end of the executions that it is held against.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>64 workers, 256 executions in flight; beside it, on the same server, executions of one Pass state.</summary>
    public static async Task<bool> RoundTripsAsync()
    {
        using var folder = new TempFolder();
        await using var server = await HttpServer.RunAsync(folder.Path);
        var figure = new Figure("activity_round_trips")
            .With("generator", "a process of its own on the same cores, HTTP/1.1, a blocking connection for each worker and starter")
            .With("pollers", ActivityLoad.Pollers)
            .With("in_flight", ActivityLoad.InFlight)
            .With("executions", Executions)
            .With("store", "sqlite, synchronous=FULL");
        var pass = await PassAsync(figure, server);
        var activity = await server.CreateActivityAsync(ActivityMachine.Activity);
        await server.CreateAsync(ActivityMachine.Name, ActivityMachine.DefinitionOf(activity));
        using var load = new ActivityLoad(server, $"{HttpServer.ArnPrefix}stateMachine:{ActivityMachine.Name}", activity);
        var (warm, _) = load.Run("warm", WarmUps);
        var cost = await RunCost.BeginAsync(server);
        var (ended, took) = load.Run("run", Executions);
        var cpu = await cost.TellAsync(figure, "", Executions);
        var rate = Executions / took.TotalSeconds;
        figure.With("cpu_us_of_both", cpu).With("of_pass_rate", rate / pass);
        await HistoryCheck.RunAsync(figure, server, ActivityMachine.Name, [.. warm, .. ended], ActivityMachine.History);
        return figure.AtLeast("round_trips_per_s", rate, LeastRate).Print();
    }

    /// <summary>What the same machine does with start, Pass, end: what a rate is held against where others use the cores.</summary>
    /// <returns>Executions a second.</returns>
    public static async Task<double> PassAsync(Figure figure, HttpServer server)
    {
        await server.CreateAsync(NestedMachines.Child, NestedMachines.ChildDefinition);
        await new ClosedLoad(server, NestedMachines.Child, StandardFive.Input, ActivityLoad.InFlight, Pause).RunAsync("pass-warm", WarmUps);
        var cost = await RunCost.BeginAsync(server);
        var took = await new ClosedLoad(server, NestedMachines.Child, StandardFive.Input, ActivityLoad.InFlight, Pause).RunAsync("pass", Executions);
        await cost.TellAsync(figure, "pass_", Executions);
        var rate = Executions / took.TotalSeconds;
        figure.With("pass_per_s", rate);
        return rate;
    }
}
