using System.Text.Json.Nodes;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Process;

/// <summary>Machines that ask for operations of Step Functions themselves, on a real server.</summary>
public sealed class SdkActionTests
{
    private const string Worker = """
        {"StartAt":"Get","States":{
          "Get":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sfn:getActivityTask","Parameters":{"ActivityArn.$":"$.activity","WorkerName":"machine"},"Next":"Done"},
          "Done":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:sfn:sendTaskSuccess","Parameters":{"TaskToken.$":"$.TaskToken","Output.$":"$.Input"},"End":true}}}
        """;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_machine_works_for_an_activity_and_one_that_is_stopped_takes_no_task_with_it()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        using var api = new ApiClient(server.Endpoint);
        var activity = (string)(await api.CallAsync("CreateActivity", new { name = "approve" })).Ok["activityArn"]!;
        var worker = await api.CreateAsync("worker", Worker);
        var work = await api.CreateAsync("work", $$$"""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"{{{activity}}}","TimeoutSeconds":50,"End":true} } }""");
        var input = $$"""{"activity":"{{activity}}"}""";
        var stopped = (string)(await api.StartAsync(worker, "stopped", input)).Ok["executionArn"]!;
        await WaitAsync(async () => (await api.HistoryAsync(stopped)).Any(static e => (string)e["type"]! == "TaskStarted"));
        await api.CallAsync("StopExecution", new { executionArn = stopped });

        var working = (string)(await api.StartAsync(worker, "working", input)).Ok["executionArn"]!;
        var done = await EndedAsync(api, (string)(await api.StartAsync(work, "one", """{"a":1}""")).Ok["executionArn"]!);

        Assert.Equal(("SUCCEEDED", """{"a":1}"""), ((string)done["status"]!, (string)done["output"]!));
        Assert.Equal(("SUCCEEDED", "{}"), await EndOfAsync(api, working));
        var history = await api.HistoryAsync(working);
        var asked = history.Select(static e => e["taskScheduledEventDetails"]).Where(static details => details is not null);
        Assert.Equal(
            [("aws-sdk:sfn", "getActivityTask"), ("aws-sdk:sfn", "sendTaskSuccess")],
            asked.Select(static details => ((string)details!["resourceType"]!, (string)details["resource"]!)));
    }

    [Fact]
    public async Task A_poll_that_a_kill_ends_has_an_unknown_outcome()
    {
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"] };
        string polling;
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            polling = await PollingAsync(api);
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            var ended = await EndedAsync(api, polling);
            Assert.Equal(("FAILED", "States.TaskFailed"), ((string)ended["status"]!, (string)ended["error"]!));
            Assert.StartsWith("Outcome unknown:", (string)ended["cause"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_stops_ends_polls_without_a_task_and_keeps_nobody_waiting()
    {
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"] };
        string polling;
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            polling = await PollingAsync(api);
            Assert.Equal(0, await server.TerminateAsync(TimeSpan.FromSeconds(15)));
        }

        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            await EndedAsync(api, polling);
            var answered = (await api.HistoryAsync(polling)).Single(static e => (string)e["type"]! == "TaskSucceeded");
            Assert.Equal("{}", (string)answered["taskSucceededEventDetails"]!["output"]!);
        }
    }

    /// <summary>An execution that waits for a task of an activity that has none.</summary>
    private static async Task<string> PollingAsync(ApiClient api)
    {
        var activity = (string)(await api.CallAsync("CreateActivity", new { name = "approve" })).Ok["activityArn"]!;
        var worker = await api.CreateAsync("worker", Worker);
        var polling = (string)(await api.StartAsync(worker, "polling", $$"""{"activity":"{{activity}}"}""")).Ok["executionArn"]!;
        await WaitAsync(async () => (await api.HistoryAsync(polling)).Any(static e => (string)e["type"]! == "TaskStarted"));
        return polling;
    }

    private static async Task<(string Status, string? Output)> EndOfAsync(ApiClient api, string execution)
    {
        var ended = await EndedAsync(api, execution);
        return ((string)ended["status"]!, (string?)ended["output"]);
    }

    private static async Task<JsonObject> EndedAsync(ApiClient api, string execution)
    {
        JsonObject? described = null;
        await WaitAsync(async () => (string)(described = await api.DescribeAsync(execution))["status"]! != "RUNNING");
        return described!;
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
