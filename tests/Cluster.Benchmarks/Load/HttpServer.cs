using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Testing;

namespace Cluster.Benchmarks.Load;

/// <summary>A server in a process of its own, spoken to over HTTP/1.1 as an AWS client does.</summary>
internal sealed class HttpServer : ILoadTarget, IAsyncDisposable
{
    private const int Connections = 64;

    /// <summary>How the ARNs of its machines, executions and activities begin.</summary>
    public const string ArnPrefix = "arn:aws:states:us-east-1:123456789012:";

    private static readonly MediaTypeHeaderValue AmzJson = new("application/x-amz-json-1.0");

    private readonly ServerProcess _server;
    private readonly Uri _admin;
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = Connections, ActivityHeadersPropagator = null });

    private HttpServer(ServerProcess server, Uri admin)
    {
        _server = server;
        _admin = new Uri(admin, "/admin");
    }

    public int ProcessId => _server.Id;

    /// <summary>Where callers come in.</summary>
    public Uri Endpoint => _server.Endpoint;

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="postgres">The store; null for SQLite in the folder.</param>
    public static async Task<HttpServer> RunAsync(string folder, BenchPostgres? postgres = null)
    {
        var admin = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Take()}"));
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        if (postgres is not null)
        {
            environment.Add("CLUSTER_STORE", "postgres");
            environment.Add("CLUSTER_CONNECTION", postgres.Connection);
        }

        var server = await ServerProcess.RunAsync(new ServerStart
        {
            Folder = folder,
            Arguments = ["--admin", admin.ToString(), "--function", StandardFive.Function],
            Environment = environment,
        });
        return new HttpServer(server, admin);
    }

    public async Task CreateAsync(string machine, string definition)
    {
        using var answer = await CallAsync("CreateStateMachine", new JsonObject
        {
            ["name"] = machine,
            ["definition"] = definition,
            ["roleArn"] = ApiClient.Role,
        });
    }

    /// <summary>Makes an activity; its ARN.</summary>
    public async Task<string> CreateActivityAsync(string name)
    {
        using var answer = await CallAsync("CreateActivity", new JsonObject { ["name"] = name });
        return answer.RootElement.GetProperty("activityArn").GetString()!;
    }

    public async Task StartAsync(string machine, string name, string input)
    {
        using var answer = await CallAsync("StartExecution", new JsonObject
        {
            ["stateMachineArn"] = $"{ArnPrefix}stateMachine:{machine}",
            ["name"] = name,
            ["input"] = input,
        });
    }

    public async Task<IReadOnlyCollection<string>> RunningAsync(string machine)
    {
        using var answer = await CallAsync("ListExecutions", new JsonObject
        {
            ["stateMachineArn"] = $"{ArnPrefix}stateMachine:{machine}",
            ["statusFilter"] = "RUNNING",
            ["maxResults"] = 1000,
        });
        return answer.RootElement.GetProperty("executions").EnumerateArray()
            .Select(one => one.GetProperty("name").GetString()!).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How many executions of a machine have succeeded; all pages are read.</summary>
    public async Task<int> SucceededAsync(string machine)
    {
        var count = 0;
        string? next = null;
        do
        {
            using var page = await CallAsync("ListExecutions", new JsonObject
            {
                ["stateMachineArn"] = $"{ArnPrefix}stateMachine:{machine}",
                ["statusFilter"] = "SUCCEEDED",
                ["maxResults"] = 1000,
                ["nextToken"] = next,
            });
            count += page.RootElement.GetProperty("executions").GetArrayLength();
            next = page.RootElement.TryGetProperty("nextToken", out var token) ? token.GetString() : null;
        }
        while (next is not null);
        return count;
    }

    public async Task<IReadOnlyList<SeenEvent>> HistoryAsync(string machine, string name)
    {
        using var answer = await CallAsync("GetExecutionHistory", new JsonObject
        {
            ["executionArn"] = $"{ArnPrefix}execution:{machine}:{name}",
            ["maxResults"] = 1000,
        });
        return answer.RootElement.GetProperty("events").EnumerateArray()
            .Select(one => new SeenEvent(one.GetProperty("id").GetInt64(), one.GetProperty("type").GetString()!)).ToList();
    }

    public async Task<StoreFigures> StoreAsync()
    {
        var status = await AdminAsync(collect: false);
        var store = status["storeFigures"]!;
        return new StoreFigures(
            (long)store["commits"]!,
            (long)store["writes"]!,
            (long)store["frames"]!,
            (long)store["checkpoints"]!,
            TimeOf("applyTime"),
            TimeOf("commitTime"),
            TimeOf("checkpointTime"),
            (long)status["allocatedBytes"]!);

        TimeSpan TimeOf(string name) => TimeSpan.Parse((string)store[name]!, CultureInfo.InvariantCulture);
    }

    /// <summary>What /admin tells.</summary>
    /// <param name="collect">Whether the server collects all garbage first.</param>
    public async Task<JsonObject> AdminAsync(bool collect) =>
        (await _http.GetFromJsonAsync<JsonObject>(collect ? new Uri(_admin, "?collect=true") : _admin))!;

    /// <summary>SIGTERM; the server must end well.</summary>
    public async Task StopAsync()
    {
        var code = await _server.TerminateAsync(TimeSpan.FromSeconds(40));
        if (code != 0)
            throw new InvalidOperationException($"The server ended with {code}:\n{_server.Output}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<JsonDocument> CallAsync(string operation, JsonObject body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = AmzJson;
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Endpoint) { Content = content };
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "AWSStepFunctions." + operation);
        using var response = await _http.SendAsync(request);
        var answered = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(answered)
            : throw new InvalidOperationException($"{operation}: {(int)response.StatusCode} {Encoding.UTF8.GetString(answered)}");
    }
}
