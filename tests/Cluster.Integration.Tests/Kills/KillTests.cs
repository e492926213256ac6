using System.Globalization;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Cluster.Testing.Runs;
using Xunit;

namespace Cluster.Integration.Tests.Kills;

/// <summary>SIGKILL under load: nothing acknowledged is lost, nothing happens twice that must not.</summary>
[Trait("Suite", "Kill")]
public sealed class KillTests(ITestOutputHelper output)
{
    private const int OpenBeforeKill = 1_000;
    private const int LeastOpen = 300;
    private const int LeastInFlight = 50;
    private const int FaultPointEvery = 3;

    /// <summary>Ten kills; fifty with CLUSTER_SOAK=1.</summary>
    private static int Kills => Environment.GetEnvironmentVariable("CLUSTER_SOAK") == "1" ? 50 : 10;

    [Fact]
    public Task A_thousand_open_executions_survive_kills_of_the_process() => SurviveAsync(Kills, new Dictionary<string, string>(StringComparer.Ordinal));

    [Fact]
    public async Task A_thousand_open_executions_on_PostgreSQL_survive_kills_of_the_process()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        await SurviveAsync((Kills + 1) / 2, PostgresServer.Shared!.CreateStore());
    }

    private async Task SurviveAsync(int kills, IReadOnlyDictionary<string, string> store)
    {
        using var folder = new TempFolder();
        using var run = new RunFolder(folder["run"]) { Idempotent = new HashSet<string>(StringComparer.Ordinal) { KillMachine.Again, KillMachine.Flaky } };
        await using var functions = await LambdaStandIn.RunAsync(run.Calls, KillMachine.NameOf);
        KillMachine.Register(functions);
        await using var killing = new Killing(folder, functions, store, run, output.WriteLine);
        await killing.BeginAsync();
        for (var i = 1; i <= kills; i++)
        {
            await killing.FillAsync(OpenBeforeKill);
            await killing.KillAsync(LeastOpen, LeastInFlight, atFaultPoint: i % FaultPointEvery == 0);
        }

        await killing.SettleAsync(TimeSpan.FromMinutes(3));
        var verdict = new Verdict(CallLog.Read(run.Calls), killing.Kills);
        await Parallel.ForEachAsync(killing.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (asked, _) =>
        {
            var arn = killing.ArnOf(asked.Name);
            var status = (string)(await killing.Api.DescribeAsync(arn))["status"]!;
            verdict.Judge(asked, status, await killing.Api.HistoryAsync(arn));
        });

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{killing.Acknowledged.Count} executions, {functions.Calls} calls, {verdict.UnknownOutcomes} outcomes unknown, {verdict.Resent} calls sent again, {verdict.Exhausted} executions out of attempts"));
        Assert.True(verdict.Wrong.Count == 0, $"{verdict.Wrong.Count} wrong:\n" + string.Join('\n', verdict.Wrong.Take(50)));
        Assert.True(verdict.UnknownOutcomes > 0 && verdict.Resent > 0, "no kill hit a call: the test showed nothing");
        Assert.Equal(kills / FaultPointEvery, killing.Kills.Count(kill => kill.AtFaultPoint));
        var report = await killing.JudgeAsync();
        output.WriteLine(report.ToString());
        Assert.Empty(report.Breaches);

        // No execution of this run is a part of another's task; NestedKillTests has those.
        Assert.Equal(["I26"], report.Idle);
    }
}
