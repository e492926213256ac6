using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Cluster.Testing.Runs;
using Xunit;

namespace Cluster.Integration.Tests.Kills;

/// <summary>
/// SIGKILL while workers poll, beat and answer: each token is given once, one word is heard about each, and every execution ends by the word
/// that was acknowledged.
/// </summary>
[Trait("Suite", "Kill")]
public sealed class WorkerKillTests(ITestOutputHelper output)
{
    private const int Workers = 16;
    private const int StartsPerKill = 60;
    private const int LeastGiven = 40;
    private const int HeartbeatSeconds = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static int Kills => Environment.GetEnvironmentVariable("CLUSTER_SOAK") == "1" ? 30 : 3;

    [Fact]
    public Task Tasks_of_an_activity_survive_kills_of_the_process() => SurviveAsync(new Dictionary<string, string>(StringComparer.Ordinal));

    [Fact]
    public async Task Tasks_of_an_activity_on_PostgreSQL_survive_kills_of_the_process()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        await SurviveAsync(PostgresServer.Shared!.CreateStore());
    }

    private async Task SurviveAsync(IReadOnlyDictionary<string, string> store)
    {
        using var folder = new TempFolder();
        using var run = new RunFolder(folder["run"]);
        var start = new ServerStart { Folder = folder["data"], Port = FreePort.Take(), Environment = store };
        run.ProcessStarts();
        var server = await ServerProcess.RunAsync(start);
        try
        {
            using var workers = new ApiClient(server.Endpoint, timeout: TimeSpan.FromSeconds(65));
            using var starter = new ApiClient(server.Endpoint) { Session = run.Clients.Begin() };
            var activity = (string)(await starter.CallAsync("CreateActivity", new { name = "work" })).Ok["activityArn"]!;
            var machine = await starter.CreateAsync("worked", Machine(activity));
            var crew = new Crew(workers, activity, TimeSpan.FromSeconds(HeartbeatSeconds));
            crew.Begin(Workers);
            var names = new ConcurrentQueue<string>();
            for (var kill = 1; kill <= Kills; kill++)
            {
                var given = crew.Count;
                var starting = StartAllAsync(starter, machine, kill, names);
                await UntilAsync(() => Task.FromResult(crew.Count >= given + LeastGiven), "hardly anything was given out");
                await server.KillAsync();
                run.ProcessEnded();
                await server.DisposeAsync();
                run.ProcessStarts();
                server = await ServerProcess.RunAsync(start);
                await starting;
            }

            await UntilAsync(async () => (await starter.ListAsync(machine, "RUNNING")).Count == 0, "executions stay open");
            await JudgeAsync(starter, machine, names, crew);
            await run.ReadBackAsync(starter, machine);
            await crew.EndAsync(server.KillAsync);
            run.ProcessEnded();
        }
        finally
        {
            await server.DisposeAsync();
        }

        var report = store.TryGetValue("CLUSTER_CONNECTION", out var connection) ? run.JudgePostgres(connection) : run.JudgeSqlite(folder["data"]);
        output.WriteLine(report.ToString());
        Assert.Empty(report.Breaches);
    }

    /// <summary>Every execution against the workers' own count.</summary>
    private async Task JudgeAsync(ApiClient api, string machine, IReadOnlyCollection<string> names, Crew crew)
    {
        var ofName = crew.Given.ToLookup(held => held.Name, StringComparer.Ordinal);
        var wrong = new List<string>(crew.Wrong);
        var (attempts, lost, late) = (0, 0, 0);
        foreach (var name in names)
        {
            var arn = ApiClient.ExecutionOf(machine, name);
            var described = await api.DescribeAsync(arn);
            var history = await api.HistoryAsync(arn);
            var (scheduled, started) = (Count(history, "ActivityScheduled"), Count(history, "ActivityStarted"));
            var held = ofName[name].ToList();
            var heard = held.Where(one => one.Heard > 0).ToList();
            attempts += scheduled;
            lost += started - held.Count;
            late += Count(history, "ActivityTimedOut");
            if ((string)described["status"]! != "SUCCEEDED")
                wrong.Add($"{name} is {described["status"]}: {described["error"]} {described["cause"]}");
            else if (!held.Exists(one => one.Mark == (string)described["output"]!))
                wrong.Add($"{name} ended with {described["output"]}, which no worker said of it");
            if (heard.Sum(one => one.Heard) > 1)
                wrong.Add($"{name}: {heard.Sum(one => one.Heard)} words were acknowledged");
            else if (heard is [{ } word] && word.Mark != (string?)described["output"])
                wrong.Add($"{name}: {word.Mark} was acknowledged, and it ended with {described["output"]}");
            if (started > scheduled || held.Count > started)
                wrong.Add($"{name}: {scheduled} tasks, {started} starts, {held.Count} hand-outs");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{names.Count} executions, {Kills} kills, {attempts} attempts, {crew.Count} hand-outs, {lost} hand-outs lost in a kill, {late} attempts timed out"));
        Assert.True(wrong.Count == 0, $"{wrong.Count} wrong:\n" + string.Join('\n', wrong.Take(30)));
        Assert.True(late > 0 && crew.Given.Any(static held => held.Heard == 0), "nobody was late: the test showed nothing");
    }

    private static int Count(IEnumerable<JsonObject> history, string type) => history.Count(one => (string)one["type"]! == type);

    private static Task StartAllAsync(ApiClient api, string machine, int round, ConcurrentQueue<string> names) => Parallel.ForEachAsync(
        Enumerable.Range(0, StartsPerKill),
        new ParallelOptions { MaxDegreeOfParallelism = Workers },
        async (number, _) =>
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"w{round}-{number}");
            await UntilAsync(() => TryStartAsync(api, machine, name), $"{name} does not start");
            names.Enqueue(name);
        });

    private static async Task<bool> TryStartAsync(ApiClient api, string machine, string name)
    {
        try
        {
            var answer = await api.StartAsync(machine, name, $$"""{"name":"{{name}}"}""");
            return answer.Succeeded || answer.Error == "ExecutionAlreadyExists"
                || (answer.Status < 500 ? throw new InvalidOperationException($"{answer.Error}: {answer.Message}") : false);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        var clock = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < Patience, otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }

    private static string Machine(string activity) => $$"""
        {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{activity}}","HeartbeatSeconds":{{HeartbeatSeconds}},"End":true,
        "Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":1,"BackoffRate":1,"MaxAttempts":50}]} } }
        """;
}
