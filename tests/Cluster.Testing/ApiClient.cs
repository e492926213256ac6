using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cluster.Testing.Runs;

namespace Cluster.Testing;

/// <summary>An answer of the API: a body, and for an error its type and message.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The JSON answered; an empty object when there was none.</param>
public sealed record ApiAnswer(int Status, JsonObject Body)
{
    public bool Succeeded => Status == 200;

    /// <summary>The error's name without a prefix, or null.</summary>
    public string? Error => (string?)Body["__type"] is { } type ? type[(type.LastIndexOf('#') + 1)..] : null;

    public string? Message => (string?)Body["message"] ?? (string?)Body["Message"];

    /// <summary>The body of a success; throws with the error otherwise.</summary>
    public JsonObject Ok => Succeeded ? Body : throw new InvalidOperationException($"{Status} {Error}: {Message}");
}

/// <summary>A thin client of the AWS JSON 1.0 API; unsigned, unless it has a signer.</summary>
public sealed class ApiClient : IDisposable
{
    public const string Role = "arn:aws:iam::111111111111:role/any";

    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly RequestSigner? _signer;

    /// <param name="endpoint">The server.</param>
    /// <param name="timeout">How long an answer may take; 30 s unless told.</param>
    /// <param name="signer">Signs each request; null for none.</param>
    /// <param name="connections">Requests that may be out at once.</param>
    public ApiClient(Uri endpoint, TimeSpan? timeout = null, RequestSigner? signer = null, int connections = 256)
    {
        _endpoint = endpoint;
        _signer = signer;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { Timeout = timeout ?? TimeSpan.FromSeconds(30) };
    }

    /// <summary>Records for the checker what is asked and answered; null for none.</summary>
    public ClientSession? Session { get; init; }

    /// <summary>The ARN of the execution of a name.</summary>
    public static string ExecutionOf(string stateMachineArn, string name) =>
        stateMachineArn.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal) + ":" + name;

    /// <summary>Calls an operation with a JSON text as it is.</summary>
    /// <exception cref="HttpRequestException">The server could not be reached or went away: the outcome may be unknown.</exception>
    public Task<ApiAnswer> CallAsync(string operation, string body) => Session is null
        ? SendAsync(operation, body)
        : Session.CallAsync(operation, body, _endpoint.Authority, () => SendAsync(operation, body));

    private async Task<ApiAnswer> SendAsync(string operation, string body)
    {
        using var request = Request("AWSStepFunctions." + operation, Encoding.UTF8.GetBytes(body));
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new ApiAnswer((int)response.StatusCode, text.Length > 0 && JsonNode.Parse(text) is JsonObject answered ? answered : []);
    }

    /// <summary>Calls an operation.</summary>
    public Task<ApiAnswer> CallAsync(string operation, object request) => CallAsync(operation, JsonSerializer.Serialize(request));

    /// <summary>Creates a state machine; its ARN.</summary>
    public async Task<string> CreateAsync(string name, string definition) =>
        (string)(await CallAsync("CreateStateMachine", new { name, definition, roleArn = Role })).Ok["stateMachineArn"]!;

    /// <summary>Starts an execution.</summary>
    public Task<ApiAnswer> StartAsync(string stateMachineArn, string name, string input = "{}") =>
        CallAsync("StartExecution", new { stateMachineArn, name, input });

    /// <summary>The execution as DescribeExecution tells it.</summary>
    public async Task<JsonObject> DescribeAsync(string executionArn) => (await CallAsync("DescribeExecution", new { executionArn })).Ok;

    /// <summary>All history events of an execution, read page by page.</summary>
    public async Task<IReadOnlyList<JsonObject>> HistoryAsync(string executionArn, int pageSize = 1000, bool reverse = false)
    {
        var events = new List<JsonObject>();
        string? token = null;
        do
        {
            var page = (await CallAsync("GetExecutionHistory", new JsonObject
            {
                ["executionArn"] = executionArn,
                ["maxResults"] = pageSize,
                ["nextToken"] = token,
                ["reverseOrder"] = reverse ? true : null,
            })).Ok;
            events.AddRange(page["events"]!.AsArray().Select(one => one!.DeepClone().AsObject()));
            token = (string?)page["nextToken"];
        }
        while (token is not null);
        return events;
    }

    /// <summary>The executions of a machine, of one status if given, newest first.</summary>
    public Task<IReadOnlyList<JsonObject>> ListAsync(string stateMachineArn, string? status = null) => Session is null || status is not null
        ? PagesAsync(stateMachineArn, status)
        : Session.ListAsync(stateMachineArn, _endpoint.Authority, () => PagesAsync(stateMachineArn, status));

    private async Task<IReadOnlyList<JsonObject>> PagesAsync(string stateMachineArn, string? status)
    {
        var found = new List<JsonObject>();
        string? token = null;
        do
        {
            var request = new JsonObject { ["stateMachineArn"] = stateMachineArn, ["maxResults"] = 1000, ["nextToken"] = token };
            if (status is not null)
                request["statusFilter"] = status;
            var page = (await CallAsync("ListExecutions", request)).Ok;
            found.AddRange(page["executions"]!.AsArray().Select(one => one!.DeepClone().AsObject()));
            token = (string?)page["nextToken"];
        }
        while (token is not null);
        return found;
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string target, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint);
        if (_signer is not null)
        {
            _signer.Sign(request, body, target, TimeProvider.System.GetUtcNow());
            return request;
        }

        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.Add("X-Amz-Target", target);
        return request;
    }

    private Task<ApiAnswer> CallAsync(string operation, JsonObject request)
    {
        foreach (var name in request.Where(field => field.Value is null).Select(field => field.Key).ToList())
            request.Remove(name);
        return CallAsync(operation, request.ToJsonString());
    }
}
