using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Cluster.Testing.BadInput;

/// <summary>One case on its way: sends, takes the time of each answer, checks.</summary>
public sealed class BadInputRun(BadInputServer server)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);

    /// <summary>The slowest answer so far.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The server.</summary>
    public BadInputServer Server => server;

    /// <summary>Takes the time of an answer.</summary>
    public async Task<T> TimeAsync<T>(Func<Task<T>> answer)
    {
        var clock = Stopwatch.StartNew();
        var result = await answer();
        if (clock.Elapsed > Slowest)
            Slowest = clock.Elapsed;
        return result;
    }

    /// <summary>Calls an operation.</summary>
    public Task<ApiAnswer> CallAsync(string operation, object request) => TimeAsync(() => server.Api.CallAsync(operation, request));

    /// <summary>Sends bytes as the body of an operation; the status and the error's name.</summary>
    public Task<RawAnswer> SendAsync(string operation, byte[] body) => TimeAsync(() => RawHttp.PostAsync(server.Endpoint, operation, body));

    /// <summary>An answer must be this error.</summary>
    public async Task RefusedAsync(string operation, object request, params string[] errors)
    {
        var answer = await CallAsync(operation, request);
        Hold(errors.Contains(answer.Error), $"{operation} was answered with {answer.Status} {answer.Error}: {Short(answer.Message)}; expected was {string.Join(" or ", errors)}");
    }

    /// <summary>Makes a machine.</summary>
    public async Task<string> CreateAsync(string definition) =>
        (string)(await CallAsync("CreateStateMachine", new { name = server.NewName("bad"), definition, roleArn = ApiClient.Role })).Ok["stateMachineArn"]!;

    /// <summary>Starts an execution; its ARN.</summary>
    public async Task<string> StartAsync(string machine, string input = "{}") =>
        (string)(await CallAsync("StartExecution", new { stateMachineArn = machine, name = server.NewName("bad"), input })).Ok["executionArn"]!;

    /// <summary>Runs an execution to its end, which counts as one answer; the end as DescribeExecution tells it.</summary>
    public Task<JsonObject> RunAsync(string machine, string input = "{}") => TimeAsync(async () => await EndAsync(server.Api, await StartAsync(machine, input)));

    /// <summary>Runs an execution, which must end with this status, and with this error if one is named.</summary>
    public async Task<JsonObject> EndsAsync(string machine, string input, string status, string? error = null)
    {
        var end = await RunAsync(machine, input);
        Hold(
            (string?)end["status"] == status && (error is null || (string?)end["error"] == error),
            $"the execution ended as {end["status"]} {end["error"]}: {Short((string?)end["cause"])}; expected was {status} {error}");
        return end;
    }

    /// <summary>Waits for the end of an execution.</summary>
    public static async Task<JsonObject> EndAsync(ApiClient api, string executionArn)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var now = await api.DescribeAsync(executionArn);
            if ((string?)now["status"] != "RUNNING")
                return now;
            if (clock.Elapsed > GiveUpAfter)
                throw new TimeoutException($"{executionArn} has not ended within {GiveUpAfter}");
            await Task.Delay(PollEvery);
        }
    }

    /// <summary>Fails the case unless it holds.</summary>
    public static void Hold(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }

    /// <summary>The beginning of a text.</summary>
    public static string Short(string? text) => text is null or { Length: <= 300 } ? text ?? "" : text[..300] + "…";
}
