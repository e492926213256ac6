using System.Text.Json.Nodes;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Kills;

/// <summary>The verdict finds what it is there to find.</summary>
public sealed class VerdictTests
{
    private const long Relaunched = 10_000;
    private static readonly Kill[] OneKill = [new(AtFaultPoint: false, Open: 1, InFlight: 1, Relaunched, TimeSpan.Zero)];

    [Fact]
    public void A_call_sent_again_after_a_kill_is_right_and_without_one_is_wrong()
    {
        Assert.Empty(Judge(KillMachine.Again, History("LambdaFunctionSucceeded"), Call("k-0", 9_000), Call("k-0", 10_500)).Wrong);
        Assert.Single(Judge(KillMachine.Again, History("LambdaFunctionSucceeded"), Call("k-0", 10_600), Call("k-0", 10_700)).Wrong);
    }

    [Fact]
    public void A_second_call_of_one_attempt_is_wrong_where_the_function_is_not_idempotent()
    {
        Assert.Empty(Judge(KillMachine.Once, History("LambdaFunctionSucceeded"), Call("k-0", 9_000)).Wrong);
        Assert.Single(Judge(KillMachine.Once, History("LambdaFunctionSucceeded"), Call("k-0", 9_000), Call("k-0", 10_500)).Wrong);
    }

    [Fact]
    public void A_success_without_a_call_is_wrong() => Assert.Single(Judge(KillMachine.Once, History("LambdaFunctionSucceeded")).Wrong);

    [Fact]
    public void A_gap_in_the_ids_is_wrong()
    {
        var history = History("LambdaFunctionSucceeded");
        history[1]["id"] = 7;
        Assert.Single(Judge(KillMachine.Once, history, Call("k-0", 9_000)).Wrong);
    }

    [Fact]
    public void A_second_end_is_wrong()
    {
        var history = History("LambdaFunctionSucceeded");
        history.Add(Event(history.Count + 1, "ExecutionSucceeded"));
        Assert.Single(Judge(KillMachine.Once, history, Call("k-0", 9_000)).Wrong);
    }

    [Fact]
    public void A_wait_that_ended_early_is_wrong()
    {
        var history = new List<JsonObject>
        {
            Event(1, "ExecutionStarted"), Event(2, "WaitStateEntered", 100), Event(3, "WaitStateExited", 104.9), Event(4, "ExecutionSucceeded"),
        };
        Assert.Single(Judge(KillMachine.Pause, history).Wrong);
        history[2]["timestamp"] = 105.0;
        Assert.Empty(Judge(KillMachine.Pause, history).Wrong);
    }

    private static Verdict Judge(string kind, IReadOnlyList<JsonObject> history, params CallLogLine[] log)
    {
        var verdict = new Verdict(log, OneKill);
        verdict.Judge(new Asked("e", kind, """{"seconds":5}"""), "SUCCEEDED", [.. history.Select(one => JsonNode.Parse(one.ToJsonString())!.AsObject())]);
        return verdict;
    }

    private static List<JsonObject> History(string answer) =>
    [
        Event(1, "ExecutionStarted"), Event(2, "TaskStateEntered"), Event(3, "LambdaFunctionScheduled"), Event(4, "LambdaFunctionStarted"),
        Event(5, answer), Event(6, "TaskStateExited"), Event(7, "ExecutionSucceeded"),
    ];

    private static JsonObject Event(int id, string type, double timestamp = 0) =>
        new() { ["id"] = id, ["previousEventId"] = id - 1, ["type"] = type, ["timestamp"] = timestamp };

    private static CallLogLine Call(string key, long at) => new(1, CallLogLine.Called, "f", key, "e", at);
}
