using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Process;

/// <summary>The process as its operator sees it: how it ends, how it comes back, what it refuses.</summary>
public sealed class ProcessTests
{
    private const int Refused = 1;
    private const int WrongSettings = 2;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Told_to_stop_it_hears_the_calls_in_flight_and_starts_no_other_and_the_next_process_goes_on()
    {
        using var folder = new TempFolder();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new List<string>();
        await using var functions = await LambdaStandIn.RunAsync();
        functions.Add("first", async (call, _) =>
        {
            Note("first");
            called.TrySetResult();
            await release.Task;
            return new FunctionResult("{\"first\":true}");
        });
        functions.Add("second", call =>
        {
            Note("second");
            return new FunctionResult("{\"second\":true}");
        });
        var start = new ServerStart { Folder = folder["data"], LambdaEndpoint = functions.Endpoint };
        string execution;
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            var machine = await api.CreateAsync("two-calls", $$$$"""
                {"StartAt":"A","States":{
                  "A":{"Type":"Task","Resource":"{{{{LambdaStandIn.ArnOf("first")}}}}","Next":"B"},
                  "B":{"Type":"Task","Resource":"{{{{LambdaStandIn.ArnOf("second")}}}}","End":true}}}
                """);
            execution = (string)(await api.StartAsync(machine, "one")).Ok["executionArn"]!;
            await called.Task.WaitAsync(Soon);
            var ending = server.TerminateAsync(Soon);
            await server.UnreadyAsync(Soon);
            release.SetResult();
            Assert.Equal(0, await ending);
        }

        Assert.Equal(["first"], Noted());
        await using (var server = await ServerProcess.RunAsync(start))
        {
            using var api = new ApiClient(server.Endpoint);
            var ended = await EndedAsync(api, execution);
            Assert.Equal("SUCCEEDED", (string)ended["status"]!);
            Assert.Equal("{\"second\":true}", (string)ended["output"]!);
            var types = (await api.HistoryAsync(execution)).Select(e => (string)e["type"]!).ToList();
            Assert.Equal(2, types.Count(type => type == "LambdaFunctionStarted"));
        }

        Assert.Equal(["first", "second"], Noted());

        void Note(string name)
        {
            lock (calls)
                calls.Add(name);
        }

        List<string> Noted()
        {
            lock (calls)
                return [.. calls];
        }
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused_in_words()
    {
        using var folder = new TempFolder();
        await using var first = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        await using var second = ServerProcess.Launch(new ServerStart { Folder = folder["data"] });
        Assert.Equal(Refused, await second.ExitAsync(Soon));
        Assert.Contains("is in use by", second.Output, StringComparison.Ordinal);
        using var api = new ApiClient(first.Endpoint);
        Assert.True((await api.CallAsync("ListStateMachines", "{}")).Succeeded);
    }

    [Theory]
    [InlineData("http://0.0.0.0:1", "configured")]
    [InlineData("ftp://127.0.0.1:1", "gateway:listen")]
    public async Task An_address_that_others_could_reach_or_that_is_none_is_refused(string listen, string words)
    {
        using var folder = new TempFolder();
        await using var server = ServerProcess.Launch(new ServerStart
        {
            Folder = folder["data"],
            Arguments = ["--set", "gateway:listen=" + listen, "--set", "node:account=12", "--set", "journal:store=paper"],
        });
        Assert.Equal(WrongSettings, await server.ExitAsync(Soon));
        Assert.Contains(words, server.Output, StringComparison.Ordinal);
        Assert.Contains("node:account", server.Output, StringComparison.Ordinal);
        Assert.Contains("journal:store", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_of_admin_is_in_the_data_folder_and_the_metrics_can_be_read()
    {
        using var folder = new TempFolder();
        await using var server = await ServerProcess.RunAsync(new ServerStart { Folder = folder["data"] });
        using var http = new HttpClient();
        var admin = (await File.ReadAllTextAsync(folder["data/admin"])).Trim();
        Assert.Contains("executionsInMemory", await http.GetStringAsync(admin + "/admin"), StringComparison.Ordinal);
        Assert.Contains("\"index\": 63", await http.GetStringAsync(admin + "/admin/shards"), StringComparison.Ordinal);
        Assert.Contains("cluster_actors_live 64", await http.GetStringAsync(new Uri(server.Endpoint, "/metrics")), StringComparison.Ordinal);
        Assert.Equal("live\n", await http.GetStringAsync(new Uri(server.Endpoint, "/health/live")));
    }

    private static async Task<System.Text.Json.Nodes.JsonObject> EndedAsync(ApiClient api, string execution)
    {
        using var limit = new CancellationTokenSource(Soon);
        while (true)
        {
            var described = await api.DescribeAsync(execution);
            if (!string.Equals((string)described["status"]!, "RUNNING", StringComparison.Ordinal))
                return described;
            await Task.Delay(50, limit.Token);
        }
    }
}
