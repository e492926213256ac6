using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Testing;

namespace Cluster.Integration.Tests.Kills;

/// <summary>Judges what is left after the kills: each history by itself, and the functions' own log against the histories.</summary>
internal sealed class Verdict(IReadOnlyList<CallLogLine> log, IReadOnlyList<Kill> kills)
{
    /// <summary>How long a request of a killed process may lie in the socket before its function sees it, in milliseconds.</summary>
    private const long SocketMilliseconds = 100;

    private const string Unknown = "Outcome unknown:";

    private readonly ILookup<string, CallLogLine> _calls =
        log.Where(line => line.What == CallLogLine.Called).ToLookup(line => line.Subject, StringComparer.Ordinal);

    private readonly ConcurrentQueue<string> _wrong = new();
    private int _unknown;
    private int _resent;
    private int _exhausted;

    public IReadOnlyCollection<string> Wrong => _wrong;

    /// <summary>Attempts that failed because their outcome was unknown.</summary>
    public int UnknownOutcomes => _unknown;

    /// <summary>Calls that were sent again.</summary>
    public int Resent => _resent;

    /// <summary>Executions that failed after their last attempt.</summary>
    public int Exhausted => _exhausted;

    public void Judge(Asked asked, string status, IReadOnlyList<JsonObject> history)
    {
        Order(asked, history);
        var type = (string)history[^1]["type"]!;
        var terminal = history.Count(one => ((string)one["type"]!).StartsWith("Execution", StringComparison.Ordinal)) - 1;
        if (terminal != 1 || type != TypeOf(status))
            Say(asked, $"is {status}, ends with {type}, has {terminal} ends");
        if (asked.Kind == KillMachine.Pause)
            Waited(asked, status, history);
        else
            Called(asked, status, history);
    }

    private void Order(Asked asked, IReadOnlyList<JsonObject> history)
    {
        for (var i = 0; i < history.Count; i++)
        {
            if ((long)history[i]["id"]! != i + 1)
                Say(asked, $"event {i + 1} has the id {history[i]["id"]}");
            if ((long)history[i]["previousEventId"]! > i)
                Say(asked, $"event {i + 1} follows {history[i]["previousEventId"]}");
        }
    }

    private void Waited(Asked asked, string status, IReadOnlyList<JsonObject> history)
    {
        var seconds = (double)JsonNode.Parse(asked.Input)!["seconds"]!;
        var waited = TimeOf(history, "WaitStateExited") - TimeOf(history, "WaitStateEntered");
        if (status != "SUCCEEDED" || waited < seconds - 0.001)
            Say(asked, string.Create(CultureInfo.InvariantCulture, $"is {status} and waited {waited} s of {seconds}"));
    }

    private void Called(Asked asked, string status, IReadOnlyList<JsonObject> history)
    {
        var attempts = history.Count(one => (string)one["type"]! == "LambdaFunctionScheduled");
        var unknown = history.Count(one => ((string?)one["lambdaFunctionFailedEventDetails"]?["cause"])?.StartsWith(Unknown, StringComparison.Ordinal) == true);
        var succeeded = history.Count(one => (string)one["type"]! == "LambdaFunctionSucceeded");
        var byKey = _calls[asked.Name].GroupBy(line => line.Key, StringComparer.Ordinal).Select(group => group.OrderBy(line => line.At).ToList()).ToList();
        Interlocked.Add(ref _unknown, unknown);
        if (asked.Kind == KillMachine.Fan && succeeded != KillMachine.FanItems)
            Say(asked, $"{succeeded} of its {KillMachine.FanItems} iterations succeeded");
        if (attempts > KillMachine.MostAttempts)
            Say(asked, $"made {attempts} attempts, more than Retry allows");
        if (byKey.Count > attempts)
            Say(asked, $"its function saw {byKey.Count} attempts, its history has {attempts}");

        if (asked.Kind == KillMachine.Once)
        {
            Once(asked, status, attempts, unknown, succeeded, byKey);
            return;
        }

        var expected = asked.Kind switch
        {
            KillMachine.Flaky => KillMachine.FlakyFailures + 1,
            KillMachine.Fan => KillMachine.FanItems,
            _ => 1,
        };
        if (status != "SUCCEEDED" || unknown != 0 || attempts != expected || byKey.Count != expected)
            Say(asked, $"{asked.Kind} is {status} after {attempts} attempts, {unknown} of them unknown; its function saw {byKey.Count}");
        foreach (var calls in byKey)
        {
            Interlocked.Add(ref _resent, calls.Count - 1);
            for (var i = 1; i < calls.Count; i++)
            {
                if (!kills.Any(kill => calls[i - 1].At <= kill.Relaunched + SocketMilliseconds && calls[i].At >= kill.Relaunched))
                    Say(asked, $"{calls[i].Key} was called again without a kill between");
            }
        }
    }

    private void Once(Asked asked, string status, int attempts, int unknown, int succeeded, List<List<CallLogLine>> byKey)
    {
        if (byKey.Exists(calls => calls.Count > 1))
            Say(asked, "a function that is not idempotent was called twice for one attempt");
        if (byKey.Count < succeeded)
            Say(asked, "it succeeded without a call");
        var failedAtLast = status == "FAILED" && attempts == KillMachine.MostAttempts && unknown == attempts;
        if (failedAtLast)
            Interlocked.Increment(ref _exhausted);
        else if (status != "SUCCEEDED" || succeeded != 1 || unknown != attempts - 1)
            Say(asked, $"is {status} after {attempts} attempts, {unknown} of them unknown, {succeeded} succeeded");
    }

    private static double TimeOf(IReadOnlyList<JsonObject> history, string type) =>
        (double)history.First(one => (string)one["type"]! == type)["timestamp"]!;

    private static string TypeOf(string status) => status switch
    {
        "SUCCEEDED" => "ExecutionSucceeded",
        "FAILED" => "ExecutionFailed",
        "TIMED_OUT" => "ExecutionTimedOut",
        "ABORTED" => "ExecutionAborted",
        _ => "no end",
    };

    private void Say(Asked asked, string what) => _wrong.Enqueue($"{asked.Name} ({asked.Kind}): {what}");
}
