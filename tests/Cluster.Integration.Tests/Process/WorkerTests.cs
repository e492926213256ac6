using System.Text.Json.Nodes;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Process;

/// <summary>Workers of an activity and holders of task tokens, on a real server that is killed in between.</summary>
public sealed class WorkerTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Tokens_are_good_after_kills_tasks_that_wait_are_there_again_and_each_is_given_once()
    {
        const int Tasks = 30;
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"] };
        var tokens = new List<string>();
        string activity, machine;
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            activity = (string)(await api.CallAsync("CreateActivity", new { name = "approve" })).Ok["activityArn"]!;
            machine = await api.CreateAsync("m", Machine(activity));
            for (var i = 0; i < Tasks; i++)
                Assert.True((await api.StartAsync(machine, $"e-{i}", $$"""{"n":{{i}}}""")).Succeeded);
            tokens.AddRange(await PollAsync(api, activity, Tasks / 3));
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            foreach (var token in tokens)
                Assert.True((await api.CallAsync("SendTaskHeartbeat", new { taskToken = token })).Succeeded);
            tokens.AddRange(await PollAsync(api, activity, Tasks / 3));
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            tokens.AddRange(await PollAsync(api, activity, Tasks / 3));
            Assert.Equal(Tasks, tokens.Distinct(StringComparer.Ordinal).Count());

            // Each is answered by several at once: one of them is heard.
            var answers = await Task.WhenAll(tokens.SelectMany(token => Enumerable.Range(0, 4).Select(i => i % 2 == 0
                ? api.CallAsync("SendTaskSuccess", new { taskToken = token, output = "1" })
                : api.CallAsync("SendTaskFailure", new { taskToken = token, error = "E" }))));
            Assert.Equal(Tasks, answers.Count(static answer => answer.Succeeded));
            Assert.All(answers.Where(static answer => !answer.Succeeded), static answer => Assert.Equal("TaskTimedOut", answer.Error));
            await WaitAsync(async () => (await api.ListAsync(machine, "RUNNING")).Count == 0);
            Assert.Equal(Tasks, (await api.ListAsync(machine)).Count);
        }
    }

    [Fact]
    public async Task A_worker_that_waits_gets_the_task_as_soon_as_it_is_there()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        using var api = new ApiClient(server.Endpoint);
        var activity = (string)(await api.CallAsync("CreateActivity", new { name = "a" })).Ok["activityArn"]!;
        var machine = await api.CreateAsync("m", Machine(activity));
        var poll = api.CallAsync("GetActivityTask", new { activityArn = activity, workerName = "w" });
        Assert.False(poll.IsCompleted);

        var execution = (string)(await api.StartAsync(machine, "e", """{"n":1}""")).Ok["executionArn"]!;

        Assert.Equal("""{"n":1}""", (string)(await poll.WaitAsync(Soon)).Ok["input"]!);
        var started = (await api.HistoryAsync(execution)).Single(static e => (string)e["type"]! == "ActivityStarted");
        Assert.Equal("w", (string)started["activityStartedEventDetails"]!["workerName"]!);
    }

    [Fact]
    public async Task A_deleted_activity_fails_its_states_and_an_unknown_one_is_told_to_workers()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        using var api = new ApiClient(server.Endpoint);
        var activity = (string)(await api.CallAsync("CreateActivity", new { name = "a" })).Ok["activityArn"]!;
        var machine = await api.CreateAsync("m", Machine(activity));
        Assert.True((await api.CallAsync("DeleteActivity", new { activityArn = activity })).Succeeded);

        var execution = (string)(await api.StartAsync(machine, "e")).Ok["executionArn"]!;

        JsonObject? ended = null;
        await WaitAsync(async () => (string)(ended = await api.DescribeAsync(execution))["status"]! == "FAILED");
        Assert.Equal("States.Runtime", (string)ended!["error"]!);
        Assert.EndsWith($"The activity {activity} does not exist.", (string)ended["cause"]!, StringComparison.Ordinal);
        Assert.Equal("ActivityDoesNotExist", (await api.CallAsync("GetActivityTask", new { activityArn = activity })).Error);
    }

    private static string Machine(string activity) =>
        $$$"""{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"{{{activity}}}","End":true} } }""";

    private static async Task<IEnumerable<string>> PollAsync(ApiClient api, string activity, int count)
    {
        var polls = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => api.CallAsync("GetActivityTask", new { activityArn = activity })));
        return polls.Select(static poll => (string)poll.Ok["taskToken"]!);
    }

    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(clock.Elapsed < Soon, "it does not come to its end");
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }
    }
}
