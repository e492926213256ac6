using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Postgres;

/// <summary>The real process while it is cut off from its database again and again, under load: nothing acknowledged is lost, nothing happens twice.</summary>
[Trait("Suite", "Kill")]
public sealed class PostgresFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Definition = """
        {"StartAt":"First","States":{
          "First":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload.$":"$"},"ResultPath":"$.first","Next":"Pause"},
          "Pause":{"Type":"Wait","Seconds":1,"Next":"Second"},
          "Second":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"work","Payload.$":"$"},"End":true}}}
        """;

    private const int Callers = 16;
    private const int LeastCuts = 50;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _acknowledged = new();
    private LambdaStandIn _functions = null!;
    private int _calls;
    private int _asked;
    private int _refused;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        _functions = await LambdaStandIn.RunAsync();
        _functions.Add("work", _ =>
        {
            Interlocked.Increment(ref _calls);
            return new FunctionResult("{}");
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_functions is not null)
            await _functions.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Lines_to_the_database_are_cut_again_and_again()
    {
        var postgres = PostgresServer.Shared!;
        var direct = postgres.CreateStore();
        await using var proxy = new PostgresProxy(postgres.Port);
        var connection = direct["CLUSTER_CONNECTION"].Replace($"Host={postgres.Folder};Port={postgres.Port}", $"Host=127.0.0.1;Port={proxy.Port}", StringComparison.Ordinal);
        await using var server = await RunAsync(new Dictionary<string, string>(direct, StringComparer.Ordinal) { ["CLUSTER_CONNECTION"] = connection });
        using var api = new ApiClient(server.Endpoint);
        var machine = await api.CreateAsync("cut", Definition);

        using var stop = new CancellationTokenSource();
        var load = LoadAsync(api, machine, stop.Token);
        var clock = Stopwatch.StartNew();
        for (var i = 0; proxy.Cuts < LeastCuts; i++)
        {
            if (i % 2 == 0)
                proxy.CutNextAnswer();
            else
                proxy.CutNextRequest();
            await GoOnAsync(load, clock);
        }

        await stop.CancelAsync();
        await load;
        await JudgeAsync(server, api, machine);
    }

    private Task<ServerProcess> RunAsync(IReadOnlyDictionary<string, string> store) => ServerProcess.RunAsync(
        new ServerStart { Folder = _folder["data"], LambdaEndpoint = _functions.Endpoint, Environment = store });

    /// <summary>Lets a moment pass while the load goes on; it must not have ended, and not take too long.</summary>
    private static async Task GoOnAsync(Task load, Stopwatch clock)
    {
        if (load.IsCompleted)
            await load;
        Assert.True(clock.Elapsed < Soon, "nothing goes on");
        await Task.Delay(Step);
    }

    /// <summary>Each caller asks for one start after the other, each until it is acknowledged.</summary>
    private Task LoadAsync(ApiClient api, string machine, CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
    {
        while (!stop.IsCancellationRequested)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"e{Interlocked.Increment(ref _asked)}");
            var answer = await api.StartAsync(machine, name, $$"""{"name":"{{name}}"}""");
            while (!answer.Succeeded && answer.Error != "ExecutionAlreadyExists")
            {
                Assert.True(answer.Status == 503, $"{answer.Status} {answer.Error}: {answer.Message}");
                Interlocked.Increment(ref _refused);
                await Task.Delay(20, CancellationToken.None);
                answer = await api.StartAsync(machine, name, $$"""{"name":"{{name}}"}""");
            }

            _acknowledged.Enqueue(name);
            await Task.Delay(20, CancellationToken.None);
        }
    }));

    private async Task JudgeAsync(ServerProcess server, ApiClient api, string machine)
    {
        var clock = Stopwatch.StartNew();
        while ((await api.ListAsync(machine, "RUNNING")).Count is var open and > 0)
        {
            Assert.True(clock.Elapsed < Soon, $"{open} executions are still open:\n{server.Output}");
            await Task.Delay(100);
        }

        var listed = await api.ListAsync(machine);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{listed.Count} executions, {_refused} refusals, ended {clock.ElapsedMilliseconds} ms after the last start"));
        Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), listed.Select(one => (string)one["name"]!).Order(StringComparer.Ordinal));
        Assert.All(listed, one => Assert.Equal("SUCCEEDED", (string?)one["status"]));
        foreach (var one in listed)
        {
            var history = await api.HistoryAsync((string)one["executionArn"]!);
            Assert.Equal(Enumerable.Range(1, history.Count), history.Select(e => (int)e["id"]!));
            Assert.Equal(2, history.Count(e => (string)e["type"]! == "TaskScheduled"));
        }

        // The process lived: a lost answer must not make it call twice.
        Assert.Equal(2 * listed.Count, _calls);
        Assert.False(server.HasExited);
    }
}
