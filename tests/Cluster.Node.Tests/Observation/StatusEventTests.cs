using System.Text.Json.Nodes;
using Cluster.Asl.Interpreter;
using Cluster.Node.Journal;
using Cluster.Node.Observation;
using Cluster.Node.Tests.Executions;
using Cluster.Protocol.Arns;
using Xunit;

namespace Cluster.Node.Tests.Observation;

/// <summary>Changes of status: when they are told, and in which form.</summary>
public sealed class StatusEventTests
{
    private const string Arn = Observed.ExecutionArn;

    [Fact]
    public void E7_A_success_has_the_members_of_DescribeExecution_in_an_envelope() => Same(
        $$$"""
        {"version":"0","id":"*","detail-type":"Step Functions Execution Status Change","source":"aws.states","account":"123456789012",
         "time":"2026-09-21T14:13:20Z","region":"eu-west-1","resources":["{{{Arn}}}"],
         "detail":{"executionArn":"{{{Arn}}}","stateMachineArn":"arn:aws:states:eu-west-1:123456789012:stateMachine:m","name":"n","status":"SUCCEEDED",
          "startDate":1790000000001,"stopDate":1790000000999,"input":"{\"a\": 1}","inputDetails":{"included":true},
          "output":"[2]","outputDetails":{"included":true},"stateMachineVersionArn":null,"stateMachineAliasArn":null,
          "redriveCount":0,"redriveDate":null,"redriveStatus":"NOT_REDRIVABLE","redriveStatusReason":"Execution is SUCCEEDED and cannot be redriven",
          "error":null,"cause":null}}
        """,
        Written(Event(ExecutionStatus.Succeeded) with { Output = "[2]"u8.ToArray() }));

    [Fact]
    public void E7_A_failure_has_error_and_cause_and_can_be_redriven()
    {
        var detail = Written(Event(ExecutionStatus.Failed) with { Error = "E", Cause = "c" })["detail"]!;
        Assert.Equal(("FAILED", "E", "c", "REDRIVABLE"), ((string)detail["status"]!, (string)detail["error"]!, (string)detail["cause"]!, (string)detail["redriveStatus"]!));
        Assert.Null(detail["output"]);
        Assert.Null(detail["outputDetails"]);
        Assert.Null(detail["redriveStatusReason"]);
        Assert.Equal(1_790_000_000_999, (long)detail["stopDate"]!);
    }

    [Theory]
    [InlineData(ExecutionStatus.Running, "RUNNING")]
    [InlineData(ExecutionStatus.TimedOut, "TIMED_OUT")]
    [InlineData(ExecutionStatus.Aborted, "ABORTED")]
    public void E7_Each_status_has_its_name_and_one_that_runs_no_stop_date(ExecutionStatus status, string name)
    {
        var detail = Written(Event(status))["detail"]!;
        Assert.Equal(name, (string)detail["status"]!);
        Assert.Equal(status == ExecutionStatus.Running, detail["stopDate"] is null);
    }

    [Theory]
    [InlineData(100_000, 100_000, true, true)]
    [InlineData(150_000, 150_000, false, true)]
    [InlineData(10, 254_000, false, false)]
    [InlineData(254_000, 10, false, true)]
    public void E7_What_makes_it_longer_than_248_KiB_is_left_out_the_input_first(int input, int output, bool hasInput, bool hasOutput)
    {
        var detail = Written(Event(ExecutionStatus.Succeeded) with { Input = Json(input), Output = Json(output) })["detail"]!;
        Assert.Equal((hasInput, hasOutput), (detail["input"] is not null, detail["output"] is not null));
        Assert.Equal((hasInput, hasOutput), ((bool)detail["inputDetails"]!["included"]!, (bool)detail["outputDetails"]!["included"]!));
    }

    [Fact]
    public void The_same_change_has_the_same_id_and_another_another()
    {
        var e = Event(ExecutionStatus.Running);
        Assert.Equal(e.Id, (e with { Cause = "whatever" }).Id);
        Assert.NotEqual(e.Id, (e with { HistoryId = 5 }).Id);
        Assert.True(Guid.TryParseExact(e.Id, "D", out _));
    }

    [Fact]
    public async Task Start_and_end_of_one_append_are_two_events_in_order()
    {
        var told = await RunAsync("\"A\":{\"Type\":\"Pass\",\"Result\":[2],\"End\":true}");
        Assert.Equal([ExecutionStatus.Running, ExecutionStatus.Succeeded], told.Select(static e => e.Status));
        Assert.Equal([null, "[2]"], told.Select(static e => e.Output is { } text ? System.Text.Encoding.UTF8.GetString(text.Span) : null));
    }

    [Fact]
    public async Task A_failure_tells_its_error()
    {
        var told = await RunAsync("\"A\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"}");
        Assert.Equal((ExecutionStatus.Failed, "E", "c"), (told[1].Status, told[1].Error, told[1].Cause));
    }

    [Fact]
    public async Task Nothing_is_told_before_its_commit()
    {
        var told = await RunAsync("\"A\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}", bench =>
        {
            bench.Journal.Holds = true;
            bench.Stop(bench.Row().Id);
        });
        Assert.Equal([ExecutionStatus.Running], told.Select(static e => e.Status));
    }

    [Fact]
    public async Task A_stopped_execution_is_told_as_aborted()
    {
        var told = await RunAsync("\"A\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}", static bench => bench.Stop(bench.Row().Id));
        Assert.Equal((ExecutionStatus.Aborted, "stopped", null), (told[1].Status, told[1].Error, told[1].Cause));
    }

    private static async Task<List<StatusEvent>> RunAsync(string states, Action<ExecutionBench>? then = null)
    {
        var told = new Told();
        var status = new StatusEvents(Observed.Room(), told, new KeptRecords(), queueBytes: 1 << 20);
        var bench = new ExecutionBench(states, furnish: room => room with { Observer = new AtAnArn(status) });
        bench.Start();
        then?.Invoke(bench);
        await status.DisposeAsync();
        return told.All;
    }

    private static StatusEvent Event(ExecutionStatus status) => new()
    {
        Execution = Observed.Id,
        HistoryId = 4,
        At = 1_790_000_000_999,
        Arn = ArnReader.Execution(Arn).Value!,
        Status = status,
        StartDate = 1_790_000_000_001,
        Input = "{\"a\": 1}"u8.ToArray(),
    };

    private static byte[] Json(int characters) => System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', characters)}\"");

    private static JsonObject Written(StatusEvent e)
    {
        var kept = new KeptRecords();
        new StatusEventRecords(kept).Take(e);
        Assert.Equal(StatusEventRecords.Stream, kept.All[0].Stream);
        return kept.Records.Single();
    }

    private static void Same(string expected, JsonObject actual)
    {
        actual["id"] = "*";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
    }

    private sealed class Told : IStatusEventSink
    {
        public List<StatusEvent> All { get; } = [];

        public void Take(StatusEvent e) => All.Add(e);
    }

    /// <summary>The bench's executions have no ARN that can be read.</summary>
    private sealed class AtAnArn(StatusEvents inner) : Node.Executions.IExecutionObserver
    {
        public void Committed(Protocol.Identity.ExecutionId id, Execution execution, IReadOnlyList<ExecutionEvent> events, long bytes) =>
            inner.Committed(id, execution with { Start = execution.Start! with { ExecutionArn = Arn } }, events, bytes);
    }
}
