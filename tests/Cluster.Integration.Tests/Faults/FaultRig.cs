using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Integration.Tests.Kills;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Cluster.Testing.Runs;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>A real node on a real database, functions that count their calls, and a load; in the end the verdict over all of them.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const int Callers = 16;
    private const int JudgedAtOnce = 16;
    private static readonly string[] MustBeJudged = ["I1", "I2", "I3", "I8", "I12", "I13", "I19", "I20", "I22"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly TempFolder _folder;
    private readonly RunFolder _run;
    private readonly Action<string> _tell;
    private readonly HttpClient _http = new();
    private readonly Uri _admin = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}"));
    private string _address = "";

    private FaultRig(TempFolder folder, RunFolder run, LambdaStandIn functions, Action<string> tell)
    {
        _folder = folder;
        _run = run;
        Functions = functions;
        _tell = tell;
    }

    public LambdaStandIn Functions { get; private set; }

    public ServerProcess Server { get; private set; } = null!;

    public ApiClient Api { get; private set; } = null!;

    public string Machine { get; private set; } = "";

    public FaultLoad Load { get; private set; } = null!;

    /// <summary>Starts a node and what it needs.</summary>
    /// <param name="postgres">The server of its database, which is made.</param>
    /// <param name="tell">Hears the figures.</param>
    /// <param name="port">The port of 127.0.0.1 by which the node reaches it; by default the server's own.</param>
    public static async Task<FaultRig> StartAsync(PostgresServer postgres, Action<string> tell, int? port = null)
    {
        var folder = new TempFolder();
        var run = new RunFolder(folder["run"]) { Idempotent = new HashSet<string>(StringComparer.Ordinal) { KillMachine.Again, KillMachine.Flaky } };
        var rig = new FaultRig(folder, run, await LambdaStandIn.RunAsync(run.Calls, KillMachine.NameOf), tell);
        KillMachine.Register(rig.Functions);
        await File.WriteAllTextAsync(folder["settings.json"], KillMachine.Settings(rig.Functions.Endpoint));
        var store = postgres.CreateStore();
        rig._address = store["CLUSTER_CONNECTION"];
        rig.Server = await ServerProcess.RunAsync(new ServerStart
        {
            Folder = folder["data"],
            Arguments = ["--config", folder["settings.json"], "--admin", rig._admin.ToString()],
            Environment = new Dictionary<string, string>(store, StringComparer.Ordinal)
            {
                // By TCP, unlike what the tests themselves ask, so that the server's log tells the two apart.
                ["CLUSTER_CONNECTION"] = rig._address.Replace(
                    $"Host={postgres.Folder};Port={postgres.Port}",
                    string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port ?? postgres.Port}"),
                    StringComparison.Ordinal),
            },
        });
        rig.Api = new ApiClient(rig.Server.Endpoint) { Session = run.Clients.Begin() };
        rig.Machine = await rig.Api.CreateAsync("hurt", KillMachine.Definition);
        rig.Load = new FaultLoad(rig.Api, rig.Machine, Callers);
        rig.Load.Begin();
        return rig;
    }

    /// <summary>A figure of the node's store, as /admin tells it.</summary>
    public async Task<long> FigureAsync(string name)
    {
        var status = JsonNode.Parse(await _http.GetStringAsync(new Uri(_admin, "/admin")))!;
        return (long)status["storeFigures"]![name]!;
    }

    /// <summary>
    /// Ends the load and waits for all that it began. Then: nothing acknowledged is lost, each has one end, no function was called twice for one
    /// attempt, attempts are within Retry, nothing was called unknown or sent again since the process lived, and the checker finds nothing.
    /// </summary>
    public async Task JudgeAsync()
    {
        await Load.EndAsync();
        var clock = Stopwatch.StartNew();
        while ((await Api.ListAsync(Machine, "RUNNING")).Count is var open and > 0)
        {
            Assert.True(clock.Elapsed < Patience, $"{open} executions are still open:\n{Server.Output}");
            await Task.Delay(Step);
        }

        Assert.False(Server.HasExited, Server.Output);
        var ended = clock.Elapsed;
        var verdict = new Verdict(CallLog.Read(_run.Calls), []);
        await Parallel.ForEachAsync(Load.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = JudgedAtOnce }, async (asked, _) =>
        {
            var arn = Machine.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":" + asked.Name;
            var status = (string)(await Api.DescribeAsync(arn))["status"]!;
            verdict.Judge(asked, status, await Api.HistoryAsync(arn));
        });
        Assert.True(verdict.Wrong.Count == 0, $"{verdict.Wrong.Count} wrong:\n" + string.Join('\n', verdict.Wrong.Take(50)));
        Assert.Equal((0, 0, 0), (verdict.UnknownOutcomes, verdict.Resent, verdict.Exhausted));
        Assert.Equal(Load.Acknowledged.Count, (await Api.ListAsync(Machine)).Count);
        _tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{Load.Acknowledged.Count} executions, {Functions.Calls} calls, {Load.Refusals} refusals, {Load.Unsure} starts unsure, all ended {ended.TotalMilliseconds:F0} ms after the last start"));
        await _run.ReadBackAsync(Api, Machine);
        var report = _run.JudgePostgres(_address);
        _tell("checker: " + report);
        Assert.Empty(report.Breaches);
        Assert.Empty(report.Idle.Intersect(MustBeJudged));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Api?.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        await Functions.DisposeAsync();
        _run.Dispose();
        _folder.Dispose();
    }
}
