using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cluster.Checker.Dumps;

namespace Cluster.Testing.Runs;

/// <summary>One client of a run.</summary>
public sealed class ClientSession
{
    private static readonly string[] Recorded = ["StartExecution", "StopExecution", "DescribeExecution"];

    private readonly ClientLog _log;
    private readonly int _number;

    internal ClientSession(ClientLog log, int number)
    {
        _log = log;
        _number = number;
    }

    /// <summary>Makes a call and records it; one that threw is of unknown outcome.</summary>
    internal async Task<ApiAnswer> CallAsync(string operation, string body, string node, Func<Task<ApiAnswer>> call)
    {
        if (!Recorded.Contains(operation, StringComparer.Ordinal))
            return await call();
        var start = _log.Now;
        ApiAnswer? answer = null;
        try
        {
            return answer = await call();
        }
        finally
        {
            Record(operation, body, node, start, answer);
        }
    }

    /// <summary>Records a whole list, all pages.</summary>
    internal async Task<IReadOnlyList<JsonObject>> ListAsync(string machine, string node, Func<Task<IReadOnlyList<JsonObject>>> list)
    {
        var start = _log.Now;
        var found = await list();
        _log.Add(new CallRecord(_number, "ListExecutions", CallRecord.Ok, Floor(start), Ceiling(_log.Now), Names.OfMachine(machine), Name: "", Node: node)
        {
            Seen = [.. found.Select(one => (string)one["name"]!)],
        });
        return found;
    }

    /// <summary>SHA-256 of a text.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A time of the API, in milliseconds.</summary>
    internal static long? Milliseconds(JsonNode? seconds) => seconds is null ? null : (long)Math.Round((decimal)seconds * 1000);

    private void Record(string operation, string body, string node, TimeSpan start, ApiAnswer? answer)
    {
        var asked = JsonNode.Parse(body)!.AsObject();
        var (machine, name) = asked["executionArn"] is { } arn
            ? Names.OfExecution((string)arn!)
            : (Names.OfMachine((string)asked["stateMachineArn"]!), (string?)asked["name"] ?? "");
        _log.Add(new CallRecord(
            _number, operation, OutcomeOf(answer), Floor(start), Ceiling(_log.Now), machine, name, Node: node, Arguments: Hash(body), Error: answer?.Error)
        {
            InputHash = operation == "StartExecution" ? Hash((string?)asked["input"] ?? "{}") : null,
            Status = (string?)answer?.Body["status"],
            Date = Milliseconds(answer?.Body[operation == "StopExecution" ? "stopDate" : "startDate"]),
        });
    }

    /// <summary>A refusal of the server's own making, as when its store is away, may come after the deed.</summary>
    private static string OutcomeOf(ApiAnswer? answer) => answer switch
    {
        null or { Status: >= 500 } => CallRecord.Info,
        { Succeeded: true } => CallRecord.Ok,
        _ => CallRecord.Fail,
    };

    /// <summary>A call is told as longer than it was, never as shorter: what overlaps must not look as if it did not.</summary>
    private static long Floor(TimeSpan time) => (long)Math.Floor(time.TotalMilliseconds);

    private static long Ceiling(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);
}
