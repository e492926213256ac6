using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Cluster.Testing.BadInput;

/// <summary>
/// A real server with misbehaving functions, and a witness: an ordinary execution, with a call, that must go on whatever else comes.
/// </summary>
public sealed class BadInputServer : IAsyncDisposable
{
    private static readonly TimeSpan ForgetPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WitnessPause = TimeSpan.FromMilliseconds(50);

    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private LambdaStandIn _functions = null!;
    private ServerProcess _server = null!;
    private string _witness = "";
    private int _names;

    private BadInputServer()
    {
    }

    /// <summary>The API.</summary>
    public ApiClient Api { get; private set; } = null!;

    /// <summary>Where it listens.</summary>
    public Uri Endpoint => _server.Endpoint;

    /// <summary>The live heap when nothing bad had come yet.</summary>
    public long HeapAtFirst { get; private set; }

    /// <summary>What the server printed.</summary>
    public string Output => _server.Output;

    /// <summary>Whether the process has ended, which it must not.</summary>
    public bool HasExited => _server.HasExited;

    /// <summary>Starts a server and has a hundred witnesses, so that what every process needs is there before anything is measured.</summary>
    /// <param name="arguments">More of its command line.</param>
    public static async Task<BadInputServer> RunAsync(params string[] arguments)
    {
        var started = new BadInputServer();
        started._functions = await HostileFunctions.RunAsync();
        var refusing = string.Create(CultureInfo.InvariantCulture, $"refuse=http://127.0.0.1:{FreePort.Take()}");
        started._server = await ServerProcess.RunAsync(new ServerStart
        {
            Folder = started._folder["data"],
            LambdaEndpoint = started._functions.Endpoint,
            Arguments = ["--function", refusing, .. arguments],
        });
        started.Api = new ApiClient(started._server.Endpoint);
        started._witness = await started.Api.CreateAsync("witness", Machines.Call(HostileFunctions.Work));
        for (var i = 0; i < 100; i++)
            await started.WitnessAsync();
        started.HeapAtFirst = await started.LiveHeapAsync();
        return started;
    }

    /// <summary>Runs a case with a witness beside it, and measures.</summary>
    public async Task<BadInputFigures> RunAsync(BadInputCase what)
    {
        var before = await LiveHeapAsync();
        var run = new BadInputRun(this);
        using var ended = new CancellationTokenSource();
        var witnesses = WitnessesAsync(ended.Token);
        try
        {
            await what.RunAsync(run);
        }
        finally
        {
            await ended.CancelAsync();
        }

        var slowest = await witnesses;
        var grown = await LiveHeapAsync() - before;
        return new BadInputFigures(run.Slowest, slowest, grown, StatusBytes("VmRSS:"), StatusBytes("VmHWM:"));
    }

    /// <summary>Waits until no more than so much is left in the heap of all that has come; what buffers are kept for a while goes with time.</summary>
    /// <exception cref="TimeoutException">It is still there.</exception>
    public async Task ForgetAsync(long most, TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        while (await LiveHeapAsync() - HeapAtFirst is var grown && grown > most)
        {
            if (clock.Elapsed > within)
                throw new TimeoutException($"{grown >> 20} MiB of what came are still in the heap after {within}");
            await Task.Delay(ForgetPause);
        }
    }

    /// <summary>A name that nothing has yet.</summary>
    public string NewName(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{Interlocked.Increment(ref _names)}");

    /// <summary>The heap that is in use: what a full collection leaves.</summary>
    public async Task<long> LiveHeapAsync()
    {
        var admin = (await File.ReadAllTextAsync(Path.Combine(_server.Start.Folder, "admin"))).Trim();
        var answer = JsonNode.Parse(await _http.GetStringAsync(new Uri(new Uri(admin), "/admin?collect=true")))!;
        return (long)answer["heapBytes"]!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        _http.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        if (_functions is not null)
            await _functions.DisposeAsync();
        _folder.Dispose();
    }

    private long StatusBytes(string name)
    {
        var line = File.ReadLines($"/proc/{_server.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
    }

    private async Task<TimeSpan> WitnessesAsync(CancellationToken ended)
    {
        var slowest = TimeSpan.Zero;
        do
        {
            var took = await WitnessAsync();
            slowest = took > slowest ? took : slowest;
            await Task.Delay(WitnessPause, CancellationToken.None);
        }
        while (!ended.IsCancellationRequested);
        var last = await WitnessAsync();
        return last > slowest ? last : slowest;
    }

    private async Task<TimeSpan> WitnessAsync()
    {
        var clock = Stopwatch.StartNew();
        var arn = (string)(await Api.StartAsync(_witness, NewName("w"))).Ok["executionArn"]!;
        var end = await BadInputRun.EndAsync(Api, arn);
        return (string?)end["status"] == "SUCCEEDED"
            ? clock.Elapsed
            : throw new InvalidOperationException($"an ordinary execution ended as {end.ToJsonString()}");
    }
}
