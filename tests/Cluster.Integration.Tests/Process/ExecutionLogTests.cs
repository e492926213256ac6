using System.Text.Json.Nodes;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Process;

/// <summary>The logs and status events of executions as files of a real server, which is stopped and killed in between.</summary>
public sealed class ExecutionLogTests
{
    private const string Passes = """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}""";
    private const string Fails = """{"StartAt":"A","States":{"A":{"Type":"Fail","Error":"E","Cause":"c"}}}""";
    private const string Waits = """{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":2,"End":true}}}""";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_machine_is_logged_at_its_level_into_the_file_of_its_log_group()
    {
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"], Arguments = ["--set", "statusEvents:to=files"] };
        var executions = new List<string>();
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            foreach (var level in new[] { "ALL", "ERROR", "FATAL", "OFF" })
            {
                foreach (var definition in new[] { Passes, Fails })
                {
                    var name = $"{level}-{(definition == Passes ? "passes" : "fails")}";
                    var machine = await CreateAsync(api, name, definition, level, data: true, group: $"/cluster/{level}");
                    executions.Add(await RunAsync(api, machine, "one"));
                }
            }

            Assert.Equal(0, await server.TerminateAsync(Soon));
        }

        Assert.Equal(
            ["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded", "ExecutionStarted", "FailStateEntered", "ExecutionFailed"],
            Types(folder, "ALL"));
        Assert.Equal(["FailStateEntered", "ExecutionFailed"], Types(folder, "ERROR"));
        Assert.Equal(["ExecutionFailed"], Types(folder, "FATAL"));
        Assert.False(File.Exists(LogOf(folder, "OFF")));
        Assert.Equal(executions[0], (string)Read(LogOf(folder, "ALL"))[0]["execution_arn"]!);
        Assert.Equal("{\"a\": 1}", (string)Read(LogOf(folder, "ALL"))[0]["details"]!["input"]!);
        var events = Read(folder["data/status-events/status-events.log"]);
        foreach (var execution in executions)
        {
            var statuses = events.Where(e => (string)e["resources"]![0]! == execution).Select(static e => (string)e["detail"]!["status"]!);
            Assert.Equal(["RUNNING", execution.Contains("passes", StringComparison.Ordinal) ? "SUCCEEDED" : "FAILED"], statuses);
        }
    }

    [Fact]
    public async Task After_a_kill_the_next_process_goes_on_in_the_same_file()
    {
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"], Arguments = ["--set", "statusEvents:to=files"] };
        string machine, waiting;
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            machine = await CreateAsync(api, "waits", Waits, "ALL", data: false, group: "g");
            waiting = (string)(await api.StartAsync(machine, "one")).Ok["executionArn"]!;
            await WaitAsync(() => File.Exists(folder["data/logs/g.log"]) && File.ReadAllText(folder["data/logs/g.log"]).Count(static c => c == '\n') == 2);
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            await EndedAsync(api, waiting);
            Assert.Equal(0, await server.TerminateAsync(Soon));
        }

        var records = Read(folder["data/logs/g.log"]);
        Assert.Equal(["1", "2", "3", "4"], records.Select(static r => (string)r["id"]!));
        Assert.Equal(["ExecutionStarted", "WaitStateEntered", "WaitStateExited", "ExecutionSucceeded"], records.Select(static r => (string)r["type"]!));
        Assert.All(records, r => Assert.Equal(waiting, (string)r["execution_arn"]!));
    }

    [Fact]
    public async Task Kills_in_the_midst_leave_whole_lines_in_order_and_nothing_that_has_not_happened()
    {
        const int Lives = 3;
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"], Arguments = ["--set", "logs:fileBytes=20000", "--set", "logs:files=100"] };
        var started = new HashSet<string>(StringComparer.Ordinal);
        string? machine = null;
        for (var life = 0; life < Lives; life++)
        {
            await using var server = await ServerProcess.RunAsync(start);
            using var api = new ApiClient(server.Endpoint);
            machine ??= await CreateAsync(api, "m", Passes, "ALL", data: false, group: "g");
            var load = LoadAsync(api, machine, life, started);
            await WaitAsync(() =>
            {
                lock (started)
                    return started.Count > (life + 1) * 100;
            });
            await server.KillAsync();
            await load;
        }

        await using var last = await ServerProcess.RunAsync(start);
        using var client = new ApiClient(last.Endpoint);
        var files = Directory.GetFiles(folder["data/logs"], "g.log*").OrderByDescending(NumberOf);
        var byExecution = files.SelectMany(Read).GroupBy(static r => (string)r["execution_arn"]!).ToList();
        Assert.InRange(byExecution.Count, 100, int.MaxValue);
        foreach (var execution in byExecution)
        {
            // All four are one append: they are logged together, or a kill has taken the last of them.
            Assert.Equal(Enumerable.Range(1, execution.Count()), execution.Select(static r => int.Parse((string)r["id"]!, System.Globalization.CultureInfo.InvariantCulture)));
            Assert.Equal("SUCCEEDED", (string)(await client.DescribeAsync(execution.Key))["status"]!);
        }
    }

    [Fact]
    public async Task Standard_output_gets_lines_of_JSON_among_the_others()
    {
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"], Arguments = ["--set", "logs:to=stdout", "--set", "statusEvents:to=stdout"] };
        await using var server = await ServerProcess.RunAsync(start);
        using var api = new ApiClient(server.Endpoint);
        await RunAsync(api, await CreateAsync(api, "m", Fails, "FATAL", data: false, group: "g"), "one");
        Assert.Equal(0, await server.TerminateAsync(Soon));
        var records = server.Output.Split('\n').Where(static line => line.StartsWith('{')).Select(static line => (JsonObject)JsonNode.Parse(line)!).ToList();
        Assert.Equal("ExecutionFailed", (string)Assert.Single(records, static r => r.ContainsKey("type"))["type"]!);
        Assert.Equal(2, records.Count(static r => r.ContainsKey("detail-type")));
        Assert.False(Directory.Exists(folder["data/logs"]));
    }

    private static async Task LoadAsync(ApiClient api, string machine, int life, HashSet<string> started)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                var answer = await api.StartAsync(machine, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"run-{life}-{i}"));
                lock (started)
                    started.Add((string)answer.Ok["executionArn"]!);
            }
        }
        catch (HttpRequestException)
        {
            // The server was killed.
        }
    }

    private static async Task<string> CreateAsync(ApiClient api, string name, string definition, string level, bool data, string group) =>
        (string)(await api.CallAsync("CreateStateMachine", new
        {
            name,
            definition,
            roleArn = ApiClient.Role,
            loggingConfiguration = new
            {
                level,
                includeExecutionData = data,
                destinations = new[] { new { cloudWatchLogsLogGroup = new { logGroupArn = $"arn:aws:logs:us-east-1:123456789012:log-group:{group}:*" } } },
            },
        })).Ok["stateMachineArn"]!;

    private static async Task<string> RunAsync(ApiClient api, string machine, string name)
    {
        var execution = (string)(await api.StartAsync(machine, name, "{\"a\": 1}")).Ok["executionArn"]!;
        await EndedAsync(api, execution);
        return execution;
    }

    private static Task EndedAsync(ApiClient api, string execution) =>
        WaitAsync(async () => (string)(await api.DescribeAsync(execution))["status"]! != "RUNNING");

    private static Task WaitAsync(Func<bool> condition) => WaitAsync(() => Task.FromResult(condition()));

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using var end = new CancellationTokenSource(Soon);
        while (!await condition())
            await Task.Delay(20, end.Token);
    }

    private static string LogOf(TempFolder folder, string level) => folder[$"data/logs/%2Fcluster%2F{level}.log"];

    private static IEnumerable<string> Types(TempFolder folder, string level) => Read(LogOf(folder, level)).Select(static r => (string)r["type"]!);

    private static int NumberOf(string file) =>
        int.TryParse(Path.GetExtension(file).AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static List<JsonObject> Read(string file) => [.. File.ReadAllLines(file).Select(static line => (JsonObject)JsonNode.Parse(line)!)];
}
