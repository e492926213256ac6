using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Process;

/// <summary>Executions that start executions, on a real server that is killed in between.</summary>
public sealed class NestedExecutionTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(".sync", "\"{\\\"a\\\":1}\"", "\"[1]\"")]
    [InlineData(".sync:2", "{\"a\":1}", "[1]")]
    public async Task A_parent_gets_its_childs_description(string pattern, string input, string output)
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        using var api = new ApiClient(server.Endpoint);
        var child = await api.CreateAsync("child", """{"StartAt":"P","States":{"P":{"Type":"Pass","Result":[1],"End":true}}}""");
        var parent = await api.CreateAsync("parent", Parent(child, pattern));

        var ended = await EndedAsync(api, (string)(await api.StartAsync(parent, "one", """{"a":1}""")).Ok["executionArn"]!);

        Assert.Equal("SUCCEEDED", (string)ended["status"]!);
        var report = JsonNode.Parse((string)ended["output"]!)!;
        Assert.Equal(input, report["Input"]!.ToJsonString(Plain));
        Assert.Equal(output, report["Output"]!.ToJsonString(Plain));
        Assert.Equal("SUCCEEDED", (string)report["Status"]!);
        Assert.Equal((string)(await api.ListAsync(child))[0]["executionArn"]!, (string)report["ExecutionArn"]!);
        var history = await api.HistoryAsync((string)ended["executionArn"]!);
        Assert.Equal(
            ["ExecutionStarted", "TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded", "TaskStateExited", "ExecutionSucceeded"],
            history.Select(static e => (string)e["type"]!));
        var scheduled = history[2]["taskScheduledEventDetails"]!;
        Assert.Equal(("states", "startExecution" + pattern), ((string)scheduled["resourceType"]!, (string)scheduled["resource"]!));
    }

    [Fact]
    public async Task A_childs_failure_is_its_parents_with_the_description_as_cause()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        using var api = new ApiClient(server.Endpoint);
        var child = await api.CreateAsync("child", """{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"C"}}}""");
        var parent = await api.CreateAsync("parent", Parent(child, ".sync"));

        var ended = await EndedAsync(api, (string)(await api.StartAsync(parent, "one")).Ok["executionArn"]!);

        Assert.Equal(("FAILED", "States.TaskFailed"), ((string)ended["status"]!, (string)ended["error"]!));
        var report = JsonNode.Parse((string)ended["cause"]!)!;
        Assert.Equal(("C", "E", "FAILED"), ((string)report["Cause"]!, (string)report["Error"]!, (string)report["Status"]!));
        Assert.Null(report["Output"]);
    }

    [Fact]
    public async Task A_machine_that_is_not_there_is_told_as_AWSs_SDK_does()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        using var api = new ApiClient(server.Endpoint);
        var parent = await api.CreateAsync("parent", Parent("arn:aws:states:us-east-1:123456789012:stateMachine:none", ""));

        var ended = await EndedAsync(api, (string)(await api.StartAsync(parent, "one")).Ok["executionArn"]!);

        Assert.Equal("StepFunctions.StateMachineDoesNotExistException", (string)ended["error"]!);
        Assert.Contains("(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: ", (string)ended["cause"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_killed_no_child_is_started_twice_none_is_left_behind_and_no_parent_hangs()
    {
        const int Parents = 40;
        const int Kills = 4;
        using var folder = new TempFolder();
        var start = new ServerStart { Folder = folder["data"] };
        var parents = new List<string>();
        string child, parent;
        var server = await ServerProcess.RunAsync(start);
        using (var api = new ApiClient(server.Endpoint))
        {
            child = await api.CreateAsync("child", """{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":3,"End":true}}}""");
            parent = await api.CreateAsync("parent", Parent(child, ".sync"));
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            using var api = new ApiClient(server.Endpoint);
            var starts = Enumerable.Range(kill * Parents / Kills, Parents / Kills).Select(async i =>
                (string)(await api.StartAsync(parent, $"p-{i}")).Ok["executionArn"]!);
            parents.AddRange(await Task.WhenAll(starts));

            // Those of every second round are stopped, some while their child is being started, and the process ends over it.
            if (kill % 2 == 1)
                await Task.WhenAll(parents.TakeLast(Parents / Kills).Select(arn => api.CallAsync("StopExecution", new { executionArn = arn })));
            await server.KillAsync();
            await server.DisposeAsync();
            server = await ServerProcess.RunAsync(start);
        }

        await using var last = server;
        using (var api = new ApiClient(server.Endpoint))
        {
            foreach (var arn in parents)
                Assert.NotEqual("RUNNING", (string)(await EndedAsync(api, arn))["status"]!);
            await WaitAsync(async () => (await api.ListAsync(child, "RUNNING")).Count == 0);
            var children = await api.ListAsync(child);
            var ended = await api.ListAsync(parent);
            var succeeded = ended.Count(static e => (string)e["status"]! == "SUCCEEDED");
            var aborted = ended.Count(static e => (string)e["status"]! == "ABORTED");
            Assert.Equal(Parents, succeeded + aborted);
            Assert.True(aborted > 0);
            Assert.Equal(succeeded, children.Count(static e => (string)e["status"]! == "SUCCEEDED"));
            Assert.InRange(children.Count, succeeded, Parents);
        }
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Parent(string child, string pattern) =>
        $$$"""{"StartAt":"S","States":{"S":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution{{{pattern}}}","Parameters":{"StateMachineArn":"{{{child}}}","Input.$":"$"},"End":true} } }""";

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
