using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Cluster.Testing;

/// <summary>How to start a server.</summary>
public sealed record ServerStart
{
    /// <summary>Its data folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Its port; by default a free one.</summary>
    public int Port { get; init; } = FreePort.Take();

    /// <summary>Where its functions are, or null.</summary>
    public string? LambdaEndpoint { get; init; }

    /// <summary>Arguments after <c>run --listen URL --data DIR</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>More of its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The program, by default the shipped one of the same configuration as the tests.</summary>
    public string Assembly { get; init; } = ServerProcess.ShippedAssembly;

    /// <summary>How long it may take until it is ready.</summary>
    public TimeSpan ReadyWithin { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>The real server in a process of its own. It ends with the test, if need be by SIGKILL.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private const int OutputLinesKept = 2_000;

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ServerProcess(Process process, ServerStart start)
    {
        _process = process;
        Start = start;
        Endpoint = UrlOf(start);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The shipped program: <c>src/Cluster.Node/bin/…/Cluster.Node.dll</c> of the tests' configuration.</summary>
    public static string ShippedAssembly
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            var root = framework.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
            return Path.Combine(root, "src", "Cluster.Node", "bin", framework.Parent.Name, framework.Name, "Cluster.Node.dll");
        }
    }

    public ServerStart Start { get; }

    public Uri Endpoint { get; }

    /// <summary>Where its <c>/admin</c> is, once it has said so.</summary>
    public Uri Admin => new(AdminAddress().Match(Output).Groups["address"].Value);

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines that it printed, standard output and error together.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Memory that the process holds, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a server and waits until it says that it is ready.</summary>
    public static async Task<ServerProcess> RunAsync(ServerStart start)
    {
        var server = Launch(start);
        try
        {
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server and does not wait; for one that should refuse to start.</summary>
    public static ServerProcess Launch(ServerStart start)
    {
        if (!File.Exists(start.Assembly))
            throw new FileNotFoundException($"{start.Assembly} is not built");
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments = [start.Assembly, "run", "--listen", UrlOf(start).ToString().TrimEnd('/'), "--data", start.Folder, .. start.Arguments];
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        if (start.LambdaEndpoint is { } lambda)
            info.Environment["CLUSTER_LAMBDA_ENDPOINT"] = lambda;
        foreach (var (name, value) in start.Environment)
            info.Environment[name] = value;
        return new ServerProcess(Process.Start(info)!, start);
    }

    /// <summary>Waits until <c>/health/ready</c> answers 200; fails with what the server printed when it ends or takes too long.</summary>
    public async Task ReadyAsync()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Start.ReadyWithin && !_process.HasExited)
        {
            if (await IsReadyAsync(http))
                return;
            await Task.Delay(PollEvery);
        }

        throw new InvalidOperationException(
            $"the server {(_process.HasExited ? $"ended with exit code {_process.ExitCode}" : $"was not ready within {Start.ReadyWithin}")}:\n{Output}");
    }

    /// <summary>SIGKILL: the process is gone when this returns.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, then waits; the exit code.</summary>
    public async Task<int> TerminateAsync(TimeSpan within)
    {
        if (!_process.HasExited)
            Send(SigTerm);
        return await ExitAsync(within);
    }

    /// <summary>SIGSTOP: the process stands still, with all that it has open.</summary>
    public void Stop() => Send(SigStop);

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Continue() => Send(SigCont);

    /// <summary>Waits until the process is no longer ready for work: it drains, or has ended.</summary>
    public async Task UnreadyAsync(TimeSpan within)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var cancel = new CancellationTokenSource(within);
        while (await IsReadyAsync(http))
            await Task.Delay(PollEvery, cancel.Token);
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Endpoint, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception ex) when (ex is HttpRequestException or TaskCanceledException)
        {
            // Not listening yet, or no longer.
            return false;
        }
    }

    /// <summary>Waits for the process to end of its own; the exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan within)
    {
        using var cancel = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(cancel.Token);
        }
        catch (OperationCanceledException ex)
        {
            throw new TimeoutException($"the server did not end within {within}:\n{Output}", ex);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Send(int signal)
    {
        if (Signal(_process.Id, signal) != 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"signal {signal} could not be sent to {_process.Id}"));
    }

    private static Uri UrlOf(ServerStart start) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{start.Port}"));

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        while (_output.Count > OutputLinesKept)
            _output.TryDequeue(out _);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    [GeneratedRegex("admin on (?<address>http://[^/]+/admin)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AdminAddress();
}
