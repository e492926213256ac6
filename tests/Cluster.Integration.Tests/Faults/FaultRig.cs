using System.Diagnostics;
using System.Globalization;
using Cluster.Integration.Tests.Kills;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Cluster.Testing.Runs;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>Real nodes on a real database, functions that count their calls, and a load; in the end the verdict over all of them.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const int JudgedAtOnce = 16;

    /// <summary>What the verdict takes for one moment, in milliseconds.</summary>
    private const int Moment = 100;

    private static readonly string[] MustBeJudged = ["I1", "I2", "I3", "I8", "I12", "I13", "I19", "I20", "I22"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly TempFolder _folder = new();
    private readonly List<FaultNode> _nodes = [];
    private readonly List<Kill> _faults = [];
    private readonly RunFolder _run;
    private readonly Action<string> _tell;
    private string _address = "";

    private FaultRig(Action<string> tell)
    {
        _tell = tell;
        _run = new RunFolder(_folder["run"]) { Idempotent = new HashSet<string>(StringComparer.Ordinal) { KillMachine.Again, KillMachine.Flaky } };
    }

    public LambdaStandIn Functions { get; private set; } = null!;

    public IReadOnlyList<FaultNode> Nodes => _nodes;

    /// <summary>The shards and nodes as the database has them.</summary>
    public ShardTables Shards { get; private set; } = null!;

    public FaultNode Node => _nodes[0];

    public string Machine { get; private set; } = "";

    public FaultLoad Load { get; private set; } = null!;

    /// <summary>Starts nodes, what they need, and the load.</summary>
    /// <param name="postgres">The server of their database, which is made.</param>
    /// <param name="tell">Hears the figures.</param>
    /// <param name="settings">What it is made of; by default one node.</param>
    public static async Task<FaultRig> StartAsync(PostgresServer postgres, Action<string> tell, FaultSettings? settings = null)
    {
        var rig = new FaultRig(tell);
        await rig.BeginAsync(postgres, settings ?? new FaultSettings());
        return rig;
    }

    /// <summary>Notes that nodes were hurt from a moment on until now, Unix milliseconds: calls may be sent again by others who take over.</summary>
    public void Hurt(long from)
    {
        for (var at = from; at <= FaultLoad.Now; at += Moment)
            _faults.Add(new Kill(AtFaultPoint: false, Open: 0, InFlight: 0, at, TimeSpan.Zero));
    }

    /// <summary>
    /// Ends the load and waits for all that it began. Then: nothing acknowledged is lost, each has one end, no function was called twice for one
    /// attempt that must not be, attempts are within Retry, nothing was called unknown or sent again unless its node was hurt, and the checker
    /// finds nothing.
    /// </summary>
    public async Task JudgeAsync()
    {
        await Load.EndAsync();
        var clock = Stopwatch.StartNew();
        while ((await Node.Api.ListAsync(Machine, "RUNNING")).Count is var open and > 0)
        {
            Assert.True(clock.Elapsed < Patience, $"{open} executions are still open:\n{Node.Server.Output}");
            await Task.Delay(Step);
        }

        Assert.All(_nodes, node => Assert.False(node.Server.HasExited, node.Server.Output));
        var ended = clock.Elapsed;
        var verdict = new Verdict(CallLog.Read(_run.Calls), _faults);
        await Parallel.ForEachAsync(Load.Acknowledged, new ParallelOptions { MaxDegreeOfParallelism = JudgedAtOnce }, async (asked, _) =>
        {
            var arn = ApiClient.ExecutionOf(Machine, asked.Name);
            var status = (string)(await Node.Api.DescribeAsync(arn))["status"]!;
            verdict.Judge(asked, status, await Node.Api.HistoryAsync(arn));
        });
        _tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{Load.Acknowledged.Count} executions, {Functions.Calls} calls, {Load.Refusals} refusals, {Load.SentOn} sent to the owner, {Load.Unsure} starts unsure, {verdict.UnknownOutcomes} outcomes unknown, {verdict.Resent} calls sent again, {verdict.Exhausted} out of attempts, all ended {ended.TotalMilliseconds:F0} ms after the last start"));
        Assert.True(verdict.Wrong.Count == 0, $"{verdict.Wrong.Count} wrong:\n" + string.Join('\n', verdict.Wrong.Take(50)));
        if (_faults.Count == 0)
            Assert.Equal((0, 0, 0), (verdict.UnknownOutcomes, verdict.Resent, verdict.Exhausted));
        Assert.Equal(Load.Acknowledged.Count, (await Node.Api.ListAsync(Machine)).Count);
        await _run.ReadBackAsync(Node.Api, Machine);
        var report = _run.JudgePostgres(_address);
        _tell("checker: " + report);
        Assert.Empty(report.Breaches);
        Assert.Empty(report.Idle.Intersect(MustBeJudged));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        if (Functions is not null)
            await Functions.DisposeAsync();
        _run.Dispose();
        _folder.Dispose();
    }

    private async Task BeginAsync(PostgresServer postgres, FaultSettings settings)
    {
        Functions = await LambdaStandIn.RunAsync(_run.Calls, KillMachine.NameOf);
        KillMachine.Register(Functions);
        await File.WriteAllTextAsync(_folder["settings.json"], KillMachine.Settings(Functions.Endpoint));
        var store = postgres.CreateStore();
        _address = store["CLUSTER_CONNECTION"];
        Shards = new ShardTables(postgres, _address);
        var session = _run.Clients.Begin();
        for (var i = 1; i <= settings.Nodes; i++)
            _nodes.Add(await StartNodeAsync(string.Create(CultureInfo.InvariantCulture, $"n{i}"), postgres, store, session, settings));
        if (settings.Nodes > 1)
            await Shards.BalancedAsync(settings.Nodes, Patience);
        Machine = await Node.Api.CreateAsync("hurt", KillMachine.Definition);
        Load = new FaultLoad([.. _nodes.Select(node => node.Target)], Machine, settings);
        Load.Begin();
    }

    private Task<FaultNode> StartNodeAsync(
        string name, PostgresServer postgres, IReadOnlyDictionary<string, string> store, ClientSession session, FaultSettings settings)
    {
        // By TCP, unlike what the tests themselves ask, so that the server's log tells the two apart.
        var line = new PostgresProxy(postgres.Port);
        var address = _address.Replace(
            $"Host={postgres.Folder};Port={postgres.Port}",
            string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={(settings.Cuttable ? line.Port : postgres.Port)}"),
            StringComparison.Ordinal);
        var start = new ServerStart
        {
            Folder = _folder[name],
            Arguments = ["--config", _folder["settings.json"]],
            Environment = new Dictionary<string, string>(settings.Nodes > 1 ? store.Concat(FaultSettings.Environment) : store, StringComparer.Ordinal)
            {
                ["CLUSTER_CONNECTION"] = address,
                ["CLUSTER_SHARDING__NAME"] = name,
            },
        };
        return FaultNode.StartAsync(name, start, line, session, patient: settings.Nodes == 1);
    }
}
