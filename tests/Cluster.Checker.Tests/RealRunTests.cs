using System.Diagnostics;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Cluster.Testing.Runs;
using Xunit;

namespace Cluster.Checker.Tests;

/// <summary>Runs of a real server without faults, with all records that a run can have.</summary>
[Trait("Suite", "Checker")]
public sealed class RealRunTests(ITestOutputHelper output)
{
    private const int Executions = 60;
    private const string Definition = """
        {"StartAt":"P","States":{"P":{"Type":"Parallel","Next":"T","ResultPath":null,"Branches":[
            {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},{"StartAt":"B","States":{"B":{"Type":"Pass","Result":2,"End":true}}}]},
          "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:111111111111:function:flaky","ResultPath":null,"Next":"W",
            "Retry":[{"ErrorEquals":["Flaky"],"IntervalSeconds":1,"MaxAttempts":2}]},
          "W":{"Type":"Wait","Seconds":1,"Next":"M"},
          "M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{
            "I":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"echo","Payload.$":"$"},"End":true}}}}}}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task What_a_real_server_leaves_behind_is_clean()
    {
        using var folder = new TempFolder();
        using var run = new RunFolder(folder["run"]);
        await RunAsync(run, new ServerStart { Folder = folder["data"] });
        Clean(run.JudgeSqlite(folder["data"]));
    }

    [Fact]
    public async Task What_a_real_server_leaves_behind_on_PostgreSQL_is_clean()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        using var folder = new TempFolder();
        using var run = new RunFolder(folder["run"]);
        var store = PostgresServer.Shared!.CreateStore();
        await RunAsync(run, new ServerStart { Folder = folder["data"], Environment = store });
        Clean(run.JudgePostgres(store["CLUSTER_CONNECTION"]));
    }

    private void Clean(Report report)
    {
        output.WriteLine(report.ToString());
        Assert.Empty(report.Breaches);

        // No execution of this run is a part of another's task.
        Assert.Equal(["I26"], report.Idle);
    }

    private static async Task RunAsync(RunFolder run, ServerStart start)
    {
        await using var functions = await LambdaStandIn.RunAsync(run.Calls);
        functions.Add("echo", call => new FunctionResult(System.Text.Encoding.UTF8.GetString(call.Payload.Span)));
        functions.Add("flaky", call => call.Key!.EndsWith("-0", StringComparison.Ordinal) ? FunctionResult.Failed("Flaky", "once") : new FunctionResult("\"done\""));
        run.ProcessStarts();
        await using (var server = await ServerProcess.RunAsync(start with { LambdaEndpoint = functions.Endpoint }))
        {
            using var api = new ApiClient(server.Endpoint) { Session = run.Clients.Begin() };
            var machine = await api.CreateAsync("real", Definition);
            var arns = new List<string>();
            for (var i = 0; i < Executions; i++)
                arns.Add((string)(await api.StartAsync(machine, $"n{i}", "[1,2,3]")).Ok["executionArn"]!);
            await api.ListAsync(machine);
            await api.CallAsync("StopExecution", new { executionArn = arns[^1] });
            await api.StartAsync(machine, "n0", "[1,2,3]");
            await api.StartAsync(machine, "n1", "[4]");
            var clock = Stopwatch.StartNew();
            foreach (var arn in arns)
            {
                while ((string)(await api.DescribeAsync(arn))["status"]! == "RUNNING" && clock.Elapsed < Patience)
                    await Task.Delay(50);
            }

            await run.ReadBackAsync(api, machine);
        }

        run.ProcessEnded();
    }
}
