using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Cluster.Testing.Runs;
using Xunit;

namespace Cluster.Integration.Tests.Kills;

/// <summary>SIGKILL while executions start executions, wait for them, and stop them: none is started twice, left behind, or waited for in vain.</summary>
[Trait("Suite", "Kill")]
public sealed class NestedKillTests(ITestOutputHelper output)
{
    private const int ParentsOfEachKind = 12;

    /// <summary>The longest time from the first start of a round to the kill, in milliseconds.</summary>
    private const int LongestRound = 900;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    /// <summary>Four kills; forty with CLUSTER_SOAK=1.</summary>
    private static int Kills => Environment.GetEnvironmentVariable("CLUSTER_SOAK") == "1" ? 40 : 4;

    [Fact]
    public async Task Nested_executions_on_PostgreSQL_survive_kills_of_the_process()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        var database = PostgresServer.Shared!.CreateDatabase();
        using var folder = new TempFolder();
        using var run = new RunFolder(folder["run"]);
        var start = new ServerStart { Folder = folder["data"], Environment = PostgresServer.Shared.CreateStore(database) };
        var random = new Random(Kills);
        var client = run.Clients.Begin();
        var asked = new List<Parent>();
        NestedMachines? machines = null;
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var server = await ServerProcess.RunAsync(start);
            using var api = new ApiClient(server.Endpoint) { Session = client };
            machines ??= await NestedMachines.CreateAsync(api);
            List<Parent> now = [.. machines.Parents(ParentsOfEachKind, kill)];
            asked.AddRange(now);
            var calls = asked.Select(parent => TryAsync(api, parent, random.Next(LongestRound))).ToList();
            await Task.Delay(random.Next(LongestRound));
            await server.KillAsync();
            await Task.WhenAll(calls);
        }

        await using var last = await ServerProcess.RunAsync(start);
        using var healed = new ApiClient(last.Endpoint) { Session = client };
        await Task.WhenAll(asked.Select(async parent => Assert.True(await TryAsync(healed, parent, 0), $"{parent.Name} cannot be started or stopped")));
        await WaitAsync("executions run", async () => (await Task.WhenAll(machines!.All.Select(machine => healed.ListAsync(machine, "RUNNING")))).Sum(open => open.Count));
        await WaitAsync("ended executions have somebody to tell", () => Task.FromResult(long.Parse(
            PostgresServer.Shared.Query(database, "SELECT count(*) FROM cluster.execution WHERE stop_date IS NOT NULL AND wake_at IS NOT NULL"), CultureInfo.InvariantCulture)));

        foreach (var parent in asked)
            Assert.Equal(parent.Ends, (string)(await healed.DescribeAsync(machines!.ArnOf(parent)))["status"]!);
        var children = await healed.ListAsync(machines!.Child);
        output.WriteLine($"{asked.Count} parents, {children.Count} children: "
            + string.Join(", ", children.CountBy(static child => (string)child["status"]!).Select(static count => $"{count.Value} {count.Key}")));
        Assert.Contains(children, static child => (string)child["status"]! == "ABORTED");
        await run.ReadBackAsync(healed, [.. machines.All]);
        Assert.Equal(0, await last.TerminateAsync(Soon));
        var report = run.JudgePostgres(PostgresServer.Shared.ConnectionString(database));
        output.WriteLine(report.ToString());
        Assert.Empty(report.Breaches);
    }

    /// <summary>Starts a parent if it is not known to have started, and stops it if it is to be stopped; false when the process has gone.</summary>
    private static async Task<bool> TryAsync(ApiClient api, Parent parent, int pause)
    {
        try
        {
            // Asked again after it has ended already, it finds its name taken, by this very execution.
            parent.IsStarted = parent.IsStarted || await api.StartAsync(parent.Machine, parent.Name, parent.Input) is { Succeeded: true } or { Error: "ExecutionAlreadyExists" };
            if (!parent.IsStopped || !parent.IsStarted)
                return parent.IsStarted;
            await Task.Delay(pause);
            return (await api.CallAsync("StopExecution", new JsonObject { ["executionArn"] = NestedMachines.ArnOf(parent.Machine, parent.Name) })).Succeeded;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            // The process has gone, and with it what it knew of this: it is asked again.
            return false;
        }
    }

    private static async Task WaitAsync(string what, Func<Task<long>> left)
    {
        var clock = Stopwatch.StartNew();
        while (await left() is > 0 and var count)
        {
            Assert.True(clock.Elapsed < Soon, $"{count} {what}, and should not after {Soon}");
            await Task.Delay(100);
        }
    }
}
