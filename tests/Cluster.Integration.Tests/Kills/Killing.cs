using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Cluster.Checker;
using Cluster.Testing;
using Cluster.Testing.Runs;

namespace Cluster.Integration.Tests.Kills;

/// <summary>One start that was asked for.</summary>
/// <param name="Name">The execution's name.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Input">Its input.</param>
internal sealed record Asked(string Name, string Kind, string Input);

/// <summary>One kill.</summary>
/// <param name="AtFaultPoint">Whether it came between a commit and what leaves because of it.</param>
/// <param name="Open">Executions that were open.</param>
/// <param name="InFlight">Calls that were out.</param>
/// <param name="Relaunched">When the next process was started, Unix milliseconds.</param>
/// <param name="Ready">How long that took until it was ready.</param>
internal sealed record Kill(bool AtFaultPoint, int Open, int InFlight, long Relaunched, TimeSpan Ready);

/// <summary>Keeps a server busy, kills it again and again, and starts it anew on the same folder.</summary>
/// <param name="folder">Its data, its settings, and the file of the fault point.</param>
/// <param name="functions">What it calls.</param>
/// <param name="store">Variables that name its store; none for its own.</param>
/// <param name="run">Keeps what happens, for the checker.</param>
/// <param name="tell">Hears how it goes.</param>
internal sealed class Killing(
    TempFolder folder, LambdaStandIn functions, IReadOnlyDictionary<string, string> store, RunFolder run, Action<string> tell) : IAsyncDisposable
{
    private const string FaultPoint = Node.Executions.ExecutionActor.AfterCommitBeforeRelease;
    private const int Starters = 48;

    /// <summary>How many executions are looked at, and how many stopped, when a process is ready again.</summary>
    private const int LookedAt = 200;

    private const int Stops = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int _port = FreePort.Take();
    private readonly ConcurrentDictionary<string, Asked> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Asked> _unsure = new();
    private readonly ConcurrentDictionary<string, Asked> _stopped = new(StringComparer.Ordinal);
    private readonly List<Kill> _kills = [];

    /// <summary>One client: what it was told before a kill it must see after it.</summary>
    private readonly ClientSession _client = run.Clients.Begin();

    private ServerProcess _server = null!;
    private string _machine = "";
    private int _asked;

    public ApiClient Api { get; private set; } = null!;

    public IReadOnlyList<Kill> Kills => _kills;

    /// <summary>What was acknowledged and left to end by itself.</summary>
    public IReadOnlyCollection<Asked> Acknowledged => [.. _acknowledged.Values.Where(asked => !_stopped.ContainsKey(asked.Name))];

    private string FaultFile => folder["fault"];

    public string ArnOf(string name) => ApiClient.ExecutionOf(_machine, name);

    public async Task BeginAsync()
    {
        await File.WriteAllTextAsync(folder["settings.json"], KillMachine.Settings(functions.Endpoint));
        await LaunchAsync();
        _machine = await Api.CreateAsync("killed", KillMachine.Definition);
    }

    /// <summary>Brings the open executions up to a number; what was asked for and not answered before is asked for again.</summary>
    public async Task FillAsync(int open)
    {
        var unsure = _unsure.Count;
        await StartAllAsync([.. Drain(_unsure)]);
        var missing = open - await OpenAsync();
        if (missing > 0)
            await StartAllAsync([.. Enumerable.Range(0, missing).Select(_ => Next())]);
        tell(string.Create(CultureInfo.InvariantCulture, $"filled: {unsure} starts asked again, {Math.Max(0, missing)} new, {_acknowledged.Count} acknowledged"));
    }

    /// <summary>Kills the process while starts are under way, and starts the next one.</summary>
    public async Task KillAsync(int leastOpen, int leastInFlight, bool atFaultPoint)
    {
        var clock = Stopwatch.StartNew();
        while (functions.InFlight < leastInFlight && clock.Elapsed < Patience)
            await Task.Delay(20);
        var open = await OpenAsync();
        var acknowledged = _acknowledged.Count;
        var underWay = StartAllAsync([.. Enumerable.Range(0, 4 * Starters).Select(_ => Next())]);
        while (_acknowledged.Count < acknowledged + Starters && !underWay.IsCompleted)
            await Task.Delay(1);
        var inFlight = functions.InFlight;
        if (open < leastOpen || inFlight < leastInFlight)
            throw new InvalidOperationException($"too little went on: {open} open (at least {leastOpen}), {inFlight} in flight (at least {leastInFlight})");
        if (atFaultPoint)
        {
            await File.WriteAllTextAsync(FaultFile + ".new", FaultPoint);
            File.Move(FaultFile + ".new", FaultFile);
            await _server.ExitAsync(Patience);
            if (!File.Exists(FaultFile + ".hit"))
                throw new InvalidOperationException("the process ended, but not at the fault point:\n" + _server.Output);
            File.Delete(FaultFile + ".hit");
        }

        await EndProcessAsync();
        await _server.DisposeAsync();
        await underWay;
        Api.Dispose();
        var relaunched = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        clock.Restart();
        await LaunchAsync();
        await LookAsync();
        _kills.Add(new Kill(atFaultPoint, open, inFlight, relaunched, clock.Elapsed));
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"kill {_kills.Count}{(atFaultPoint ? " between commit and reply" : "")}: {open} open, {inFlight} calls in flight, {_unsure.Count} starts unsure, ready again after {clock.ElapsedMilliseconds} ms"));
    }

    /// <summary>Waits until nothing is open any more.</summary>
    public async Task SettleAsync(TimeSpan within)
    {
        await StartAllAsync([.. Drain(_unsure)]);
        var clock = Stopwatch.StartNew();
        var open = await OpenAsync();
        for (; open > 0; open = await OpenAsync())
        {
            if (clock.Elapsed > within)
                throw new TimeoutException($"{open} executions are still open after {within}");
            await Task.Delay(250);
        }
    }

    /// <summary>The server with fault points, of the same configuration as the tests.</summary>
    public static string FaultHost => ServerProcess.ShippedAssembly
        .Replace(Path.Combine("src", "Cluster.Node"), Path.Combine("tests", "Cluster.FaultHost"), StringComparison.Ordinal)
        .Replace("Cluster.Node.dll", "Cluster.FaultHost.dll", StringComparison.Ordinal);

    /// <summary>Ends it all, once the API has told everything, and judges what is left.</summary>
    public async Task<Report> JudgeAsync()
    {
        await run.ReadBackAsync(Api, _machine);
        await EndProcessAsync();
        return store.TryGetValue("CLUSTER_CONNECTION", out var connection) ? run.JudgePostgres(connection) : run.JudgeSqlite(folder["data"]);
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private async Task EndProcessAsync()
    {
        await _server.KillAsync();
        run.ProcessEnded();
    }

    /// <summary>What was acknowledged before is there, and some of it is stopped.</summary>
    private async Task LookAsync()
    {
        await Api.ListAsync(_machine);
        var known = Acknowledged.OrderByDescending(asked => asked.Name, StringComparer.Ordinal).Take(LookedAt).ToList();
        await Parallel.ForEachAsync(known, new ParallelOptions { MaxDegreeOfParallelism = Starters }, async (asked, _) => await Api.DescribeAsync(ArnOf(asked.Name)));
        foreach (var asked in known.Take(Stops))
        {
            _stopped[asked.Name] = asked;
            await Api.CallAsync("StopExecution", new { executionArn = ArnOf(asked.Name), error = "Stopped" });
            await Api.DescribeAsync(ArnOf(asked.Name));
        }
    }

    private async Task LaunchAsync()
    {
        run.ProcessStarts();
        _server = await ServerProcess.RunAsync(new ServerStart
        {
            Folder = folder["data"],
            Port = _port,
            Assembly = FaultHost,
            Arguments = ["--config", folder["settings.json"]],
            Environment = new Dictionary<string, string>(store, StringComparer.Ordinal) { ["CLUSTER_FAULT_FILE"] = FaultFile },
        });
        Api = new ApiClient(_server.Endpoint) { Session = _client };
    }

    private async Task<int> OpenAsync() => (await Api.ListAsync(_machine, "RUNNING")).Count;

    private Asked Next()
    {
        var number = Interlocked.Increment(ref _asked);
        var name = string.Create(CultureInfo.InvariantCulture, $"e{number:D6}");
        var (kind, input) = KillMachine.Order(number, name);
        return new Asked(name, kind, input);
    }

    private Task StartAllAsync(IReadOnlyCollection<Asked> starts) =>
        Parallel.ForEachAsync(starts, new ParallelOptions { MaxDegreeOfParallelism = Starters }, async (asked, _) => await StartAsync(asked));

    private async Task StartAsync(Asked asked)
    {
        try
        {
            var answer = await Api.StartAsync(_machine, asked.Name, asked.Input);

            // Asked again after it has ended already: the name is taken, by this very execution.
            if (answer.Succeeded || answer.Error == "ExecutionAlreadyExists")
                _acknowledged[asked.Name] = asked;
            else if (answer.Status >= 500)
                _unsure.Enqueue(asked);
            else
                throw new InvalidOperationException($"{asked.Name} was refused: {answer.Error}: {answer.Message}");
        }
        catch (Exception ex) when (ex is HttpRequestException or OperationCanceledException or IOException)
        {
            _unsure.Enqueue(asked);
        }
    }

    private static IEnumerable<Asked> Drain(ConcurrentQueue<Asked> queue)
    {
        for (var left = queue.Count; left > 0 && queue.TryDequeue(out var asked); left--)
            yield return asked;
    }
}
