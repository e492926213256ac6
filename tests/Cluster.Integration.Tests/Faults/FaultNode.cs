using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Testing;
using Cluster.Testing.Postgres;
using Cluster.Testing.Runs;

namespace Cluster.Integration.Tests.Faults;

/// <summary>A node of a rig: its process, its own line to the database, its API and its /admin. A restart keeps its addresses.</summary>
internal sealed class FaultNode : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(2);

    private readonly ServerStart _start;
    private readonly Uri _admin;
    private readonly HttpClient _http = new();

    private FaultNode(string name, ServerStart start, PostgresProxy line, ClientSession session, bool patient)
    {
        Name = name;
        Line = line;
        _admin = Loopback(FreePort.Take());
        _start = start with { Arguments = [.. start.Arguments, "--admin", _admin.ToString()] };
        Endpoint = Loopback(start.Port);
        Api = new ApiClient(Endpoint) { Session = session };
        Target = new LoadTarget(name, Endpoint, new ApiClient(Endpoint, patient ? null : AnswerWithin) { Session = session });
    }

    public string Name { get; }

    public Uri Endpoint { get; }

    /// <summary>How it reaches the database, where that can be cut.</summary>
    public PostgresProxy Line { get; }

    public ServerProcess Server { get; private set; } = null!;

    /// <summary>Asks it, and waits.</summary>
    public ApiClient Api { get; }

    /// <summary>How callers ask it, who do not wait long for a node that does not answer.</summary>
    public LoadTarget Target { get; }

    /// <summary>Starts a node.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="start">How; the address of /admin is added.</param>
    /// <param name="line">How it reaches the database.</param>
    /// <param name="session">Records what is asked and answered.</param>
    /// <param name="patient">Whether callers wait long, since there is nobody else to ask.</param>
    public static async Task<FaultNode> StartAsync(string name, ServerStart start, PostgresProxy line, ClientSession session, bool patient)
    {
        var node = new FaultNode(name, start, line, session, patient);
        await node.RestartAsync();
        return node;
    }

    /// <summary>Starts its process, after the one before has ended.</summary>
    public async Task RestartAsync() => Server = await ServerProcess.RunAsync(_start);

    /// <summary>A figure of its store, as /admin tells it.</summary>
    public async Task<long> FigureAsync(string name)
    {
        var status = JsonNode.Parse(await _http.GetStringAsync(new Uri(_admin, "/admin")))!;
        return (long)status["storeFigures"]![name]!;
    }

    /// <summary>What it counts.</summary>
    public Task<string> MetricsAsync() => _http.GetStringAsync(new Uri(Endpoint, "/metrics"));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Api.Dispose();
        Target.Api.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        await Line.DisposeAsync();
    }

    private static Uri Loopback(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
