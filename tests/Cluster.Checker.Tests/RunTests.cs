using System.Diagnostics;
using System.Globalization;
using Cluster.Checker.Dumping;
using Cluster.Checker.Dumps;
using Cluster.Checker.Rules;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Checker.Tests;

/// <summary>Whole dumps: a large one, one of a real server, and those that cannot be read.</summary>
[Trait("Suite", "Checker")]
public sealed class RunTests(ITestOutputHelper output)
{
    private const int Events = 1_000_000;
    private const string Definition = """
        {"StartAt":"P","States":{"P":{"Type":"Parallel","Next":"W","Branches":[
          {"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}},{"StartAt":"B","States":{"B":{"Type":"Pass","Result":2,"End":true}}}]},
          "W":{"Type":"Wait","Seconds":1,"Next":"M"},
          "M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}}}
        """;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_million_events_are_checked_within_a_minute()
    {
        using var folder = new TempFolder();
        var file = folder["dump"];
        var scenario = new Scenario();
        var executions = Events / scenario.Events.Count(e => e.Id != 0);
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine(Dump.Line(new DefinitionRecord("def", Scenario.Definition)));
            for (var i = 0; i < executions; i++)
            {
                var id = i.ToString("x", CultureInfo.InvariantCulture);
                writer.WriteLine(Dump.Line(scenario.Row! with { Id = id, Name = id }));
                foreach (var row in scenario.Rows(id, commit: i * 10L))
                    writer.WriteLine(Dump.Line(row));
            }
        }

        var clock = Stopwatch.StartNew();
        using var told = new StringWriter();
        Assert.Equal(0, Program.Check(file, told, told));
        output.WriteLine($"{Events} events checked in {clock.Elapsed.TotalSeconds:F1} s: {told}");
        Assert.True(clock.Elapsed < Within);
    }

    [Fact]
    public async Task What_a_real_server_leaves_behind_is_clean()
    {
        using var folder = new TempFolder();
        await CleanAsync(folder, new ServerStart { Folder = folder["data"] }, () => JournalDump.OfFolder(folder["data"]));
    }

    [Fact]
    public async Task What_a_real_server_leaves_behind_on_PostgreSQL_is_clean()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        using var folder = new TempFolder();
        var store = PostgresServer.Shared!.CreateStore();
        var address = store.Values.Single(value => value.Contains("Host=", StringComparison.OrdinalIgnoreCase));
        await CleanAsync(folder, new ServerStart { Folder = folder["data"], Environment = store }, () => JournalDump.OfPostgres(address));
    }

    private static async Task CleanAsync(TempFolder folder, ServerStart start, Func<IEnumerable<DumpRecord>> records)
    {
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            var machine = await api.CreateAsync("real", Definition);
            var arns = new List<string>();
            for (var i = 0; i < 20; i++)
                arns.Add((string)(await api.StartAsync(machine, $"n{i}", "[1,2,3]")).Ok["executionArn"]!);
            var clock = Stopwatch.StartNew();
            foreach (var executionArn in arns)
            {
                while ((string)(await api.CallAsync("DescribeExecution", new { executionArn })).Ok["status"]! == "RUNNING" && clock.Elapsed < Patience)
                    await Task.Delay(50);
            }
        }

        var file = folder["dump"];
        await File.WriteAllLinesAsync(file, records().Select(Dump.Line));
        using var reader = new StreamReader(file);
        var dump = Dump.Read(reader);
        dump.Add(new HealedRecord(0));
        Assert.Equal(20, dump.Executions.Count);
        Assert.All(dump.Executions.Values, row => Assert.Equal("SUCCEEDED", row.Status));
        Assert.All(dump.Histories(), history => Assert.NotNull(dump.OutlineOf(history)));
        Assert.Empty(AllRules.Check(dump).Breaches);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"is\":\"nothing\"}")]
    [InlineData("null")]
    public void A_file_that_is_no_dump_is_refused(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["dump"], text);
        using var told = new StringWriter();
        Assert.Equal(2, Program.Check(folder["dump"], told, told));
    }

    [Fact]
    public void A_broken_dump_is_told_with_its_invariant_and_its_execution()
    {
        using var folder = new TempFolder();
        var scenario = new Scenario();
        scenario[19].At = 4999;
        File.WriteAllLines(folder["dump"], [Dump.Line(scenario.Row!), .. scenario.Rows("x").Select(Dump.Line)]);
        using var told = new StringWriter();
        Assert.Equal(1, Program.Check(folder["dump"], told, told));
        Assert.Contains("I24 x: event 19", told.ToString(), StringComparison.Ordinal);
    }
}
