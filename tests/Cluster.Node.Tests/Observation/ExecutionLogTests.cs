using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cluster.Asl.Definitions;
using Cluster.Asl.Interpreter;
using Cluster.Node.Observation;
using Cluster.Node.Tests.Executions;
using Xunit;

namespace Cluster.Node.Tests.Observation;

/// <summary>The log of executions: records as AWS was recorded to write them, for what has committed, and at what cost.</summary>
public sealed class ExecutionLogTests
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:work";
    private const string Integration = "arn:aws:states:::lambda:invoke";
    private const string Pass = "\"A\":{\"Type\":\"Pass\",\"Result\":{\"Arg1\":\"argument1\"},\"End\":true}";
    private const string Fail = "\"A\":{\"Type\":\"Fail\",\"Error\":\"SomeFailure\",\"Cause\":\"It 'fails'.\"}";
    private const string Call = "\"A\":{\"Type\":\"Task\",\"Resource\":\"" + Function + "\",\"End\":true}";

    [Fact]
    public async Task E5_A_success_with_data_is_logged_as_recorded()
    {
        var records = await RunAsync(Pass, "ALL", data: true);
        Assert.Equal(["1", "2", "3", "4"], records.Select(static r => (string)r["id"]!));
        Assert.Equal(["0", "0", "2", "3"], records.Select(static r => (string)r["previous_event_id"]!));
        Assert.Equal(["ExecutionStarted", "PassStateEntered", "PassStateExited", "ExecutionSucceeded"], records.Select(static r => (string)r["type"]!));
        Same("""{"input":"{}","inputDetails":{"truncated":false},"roleArn":"*"}""", records[0]["details"], role: true);
        Same("""{"input":"{}","inputDetails":{"truncated":false},"name":"A"}""", records[1]["details"]);
        Same("""{"name":"A","output":"{\"Arg1\":\"argument1\"}","outputDetails":{"truncated":false}}""", records[2]["details"]);
        Same("""{"output":"{\"Arg1\":\"argument1\"}","outputDetails":{"truncated":false}}""", records[3]["details"]);
        Assert.All(records, static r => Assert.Equal(
            ["id", "type", "details", "previous_event_id", "event_timestamp", "execution_arn", "redrive_count"], r.Select(static member => member.Key)));
        Assert.All(records, static r => Assert.Equal("0", (string)r["redrive_count"]!));
        Assert.All(records, static r => Assert.True(long.TryParse((string)r["event_timestamp"]!, NumberStyles.None, CultureInfo.InvariantCulture, out _)));
    }

    [Fact]
    public async Task C25_Without_execution_data_only_names_roles_and_failures_are_left()
    {
        var passed = await RunAsync(Pass, "ALL", data: false);
        Same("""{"roleArn":"*"}""", passed[0]["details"], role: true);
        Same("""{"name":"A"}""", passed[1]["details"]);
        Same("""{"name":"A"}""", passed[2]["details"]);
        Same("{}", passed[3]["details"]);
        var failed = await RunAsync(Fail, "ALL", data: false);
        Assert.Equal(["ExecutionStarted", "FailStateEntered", "ExecutionFailed"], failed.Select(static r => (string)r["type"]!));
        Same("""{"error":"SomeFailure","cause":"It 'fails'."}""", failed[2]["details"]);
    }

    [Theory]
    [InlineData(Pass, "ERROR", "")]
    [InlineData(Pass, "FATAL", "")]
    [InlineData(Pass, "OFF", "")]
    [InlineData(Fail, "ERROR", "FailStateEntered ExecutionFailed")]
    [InlineData(Fail, "FATAL", "ExecutionFailed")]
    [InlineData(Fail, "OFF", "")]
    public async Task E5_A_level_takes_its_part(string states, string level, string types) =>
        Assert.Equal(types, string.Join(' ', (await RunAsync(states, level, data: true)).Select(static r => (string)r["type"]!)));

    [Fact]
    public async Task Nothing_is_logged_before_it_has_committed_and_nothing_that_never_does()
    {
        var sink = new KeptRecords();
        var log = Observed.Log(sink);
        var seen = 0;
        var bench = new ExecutionBench(Call, furnish: room => room with { Observer = new Configured(log, Observed.Configuration("ALL", data: false)) })
        {
            Journal = { Holds = true },
        };
        sink.Taking = () => seen = bench.Journal.Waiting;
        bench.Start();
        Assert.Equal(1, bench.Journal.Waiting);
        Assert.Empty(sink.All);
        bench.Journal.Release();
        bench.Run();
        bench.Stop(bench.Row().Id);
        Assert.Equal(1, bench.Journal.Waiting);
        await log.DisposeAsync();
        Assert.DoesNotContain(sink.Records, static r => (string)r["type"]! == "ExecutionAborted");
        Assert.Equal("LambdaFunctionStarted", (string)sink.Records.Last()["type"]!);
        Assert.True(sink.IsDisposed);
    }

    [Fact]
    public async Task Records_go_to_the_stream_of_the_log_group()
    {
        var sink = new KeptRecords();
        await WriteAsync(sink, data: true, new ExecutionTimedOut { Id = 9, PreviousId = 8, At = 5 });
        Assert.Equal(
            ("orders", $$"""{"id":"9","type":"ExecutionTimedOut","details":{"error":"States.Timeout"},"previous_event_id":"8","event_timestamp":"5","execution_arn":"{{Observed.ExecutionArn}}","redrive_count":"0"}"""),
            Assert.Single(sink.All));
    }

    public static TheoryData<ExecutionEvent, string, string> Details()
    {
        var text = Observed.Text("{\"a\":1}", origin: 7);
        return new TheoryData<ExecutionEvent, string, string>
        {
            { new ExecutionAborted("Halt", "by hand"), "ExecutionAborted", """{"error":"Halt","cause":"by hand"}""" },
            { new StateEntered("S", StateType.Map) { Payload = text }, "MapStateEntered", """{"name":"S","input":"{\"a\":1}","inputDetails":{"truncated":false}}""" },
            { new TaskScheduled(Function, TaskKind.LambdaFunction, 5, null) { Payload = text }, "LambdaFunctionScheduled", $$"""{"resource":"{{Function}}","input":"{\"a\":1}","inputDetails":{"truncated":false},"timeoutInSeconds":5}""" },
            { new TaskStarted(Function, TaskKind.LambdaFunction), "LambdaFunctionStarted", "{}" },
            { new TaskSucceeded(Function, TaskKind.LambdaFunction) { Payload = text }, "LambdaFunctionSucceeded", """{"output":"{\"a\":1}","outputDetails":{"truncated":false}}""" },
            { new TaskFailed(Function, TaskKind.LambdaFunction, "E", "c"), "LambdaFunctionFailed", """{"error":"E","cause":"c"}""" },
            { new TaskScheduled(Integration, TaskKind.Integration, 5, 2) { Payload = text }, "TaskScheduled", """{"resourceType":"lambda","resource":"invoke","region":"eu-west-1","parameters":"{\"a\":1}","timeoutInSeconds":5,"heartbeatInSeconds":2}""" },
            { new TaskStarted(Integration, TaskKind.Integration), "TaskStarted", """{"resourceType":"lambda","resource":"invoke"}""" },
            { new TaskSucceeded(Integration, TaskKind.Integration) { Payload = text }, "TaskSucceeded", """{"resourceType":"lambda","resource":"invoke","output":"{\"a\":1}","outputDetails":{"truncated":false}}""" },
            { new TaskTimedOut(Integration, TaskKind.Integration, Heartbeat: false), "TaskTimedOut", """{"resourceType":"lambda","resource":"invoke","error":"States.Timeout"}""" },
            { new MapStateStarted(3, 2) { Payload = text }, "MapStateStarted", """{"length":3}""" },
            { new MapIterationFailed("S", 2), "MapIterationFailed", """{"name":"S","index":2}""" },
            { new ParallelStateStarted(3), "ParallelStateStarted", "{}" },
            { new BranchesFailed(StateType.Parallel), "ParallelStateFailed", "{}" },
            { new StateAborted(StateType.Wait), "WaitStateAborted", "{}" },
        };
    }

    [Theory]
    [MemberData(nameof(Details))]
    public async Task E5_Each_event_has_the_details_of_its_history_event(ExecutionEvent e, string type, string details)
    {
        var sink = new KeptRecords();
        await WriteAsync(sink, data: true, e with { Id = 7, PreviousId = 6, At = 5 });
        var record = Assert.Single(sink.Records);
        Assert.Equal(type, (string)record["type"]!);
        Same(details, record["details"]);
    }

    [Theory]
    [MemberData(nameof(EventWriterTests.Events), MemberType = typeof(EventWriterTests))]
    public async Task Every_event_has_one_record_if_AWS_shows_it_and_none_else(ExecutionEvent e)
    {
        var sink = new KeptRecords();
        await WriteAsync(sink, data: true, e with { Id = e.IsHistory ? 7 : 0, Payload = e.IsHistory ? Observed.Text("{}", origin: 7) : null });
        Assert.Equal(e.IsHistory ? 1 : 0, sink.All.Count);
        Assert.All(sink.Records, static record => Assert.IsType<JsonObject>(record["details"]));
    }

    [Fact]
    public async Task A_sink_that_stands_still_does_not_hold_up_the_end_of_the_process()
    {
        using var held = new ManualResetEventSlim();
        var sink = new KeptRecords { Taking = held.Wait };
        var log = new ExecutionLog(
            Observed.Room() with { Patience = TimeSpan.FromMilliseconds(50) }, sink, queueBytes: 10_000, Gateway.Operations.HistoryEventWriter.WriteDetails);
        log.Committed(Observed.Id, Observed.Execution(Observed.Configuration("ALL", data: false)), [new ExecutionTimedOut { Id = 1 }], bytes: 128);
        await log.DisposeAsync();
        Assert.False(sink.IsDisposed);
        held.Set();
    }

    [Fact]
    public async Task Bookkeeping_leaves_no_record()
    {
        var sink = new KeptRecords();
        await WriteAsync(sink, data: true, new WaitStarted(5), new RetryScheduled(0, 12));
        Assert.Empty(sink.All);
    }

    [Theory]
    [InlineData(LogRecordWriter.LongestPayload - 2, 0, false)]
    [InlineData(LogRecordWriter.LongestPayload - 1, 0, true)]
    [InlineData(LogRecordWriter.LongestPayload - 2, 1, true)]
    public async Task E5_What_is_longer_than_248_KiB_when_escaped_is_left_out_and_flagged(int characters, int breaks, bool truncated)
    {
        // A text of JSON has two quotes around it, each of which is escaped.
        var json = $"\"{new string('x', characters - 2 - (2 * breaks))}{string.Concat(Enumerable.Repeat("\\n", breaks))}\"";
        var sink = new KeptRecords();
        await WriteAsync(sink, data: true, new ExecutionSucceeded { Id = 4, Payload = Observed.Text(json, origin: 4) });
        var details = Assert.Single(sink.Records)["details"]!.AsObject();
        Assert.Equal(truncated, (bool)details["outputDetails"]!["truncated"]!);
        Assert.Equal(!truncated, details.ContainsKey("output"));
    }

    [Fact]
    public async Task Too_much_waiting_is_dropped_and_the_execution_never_waits()
    {
        using var held = new ManualResetEventSlim();
        using var taking = new ManualResetEventSlim();
        var sink = new KeptRecords
        {
            Taking = () =>
            {
                taking.Set();
                held.Wait();
            },
        };
        using var meter = new Meter("dropped");
        var dropped = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter == meter && instrument.Name == "cluster_records_dropped")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => dropped += count);
        listener.Start();
        var log = new ExecutionLog(Observed.Room(meter), sink, queueBytes: 2_000, Gateway.Operations.HistoryEventWriter.WriteDetails);
        var execution = Observed.Execution(Observed.Configuration("ALL", data: false));
        Tell(0);
        taking.Wait(TestContext.Current.CancellationToken);
        for (var i = 1; i < 100; i++)
            Tell(i);
        held.Set();
        await log.DisposeAsync();
        Assert.InRange(sink.All.Count, 2, 10);
        Assert.Equal(100, sink.All.Count + dropped);
        Assert.Equal(Enumerable.Range(0, sink.All.Count).Select(static i => i.ToString(CultureInfo.InvariantCulture)), sink.Records.Select(static r => (string)r["event_timestamp"]!));

        void Tell(int at) => log.Committed(Observed.Id, execution, [new ExecutionTimedOut { Id = 1, At = at }], bytes: 128);
    }

    [Fact]
    public void An_execution_that_logs_nothing_costs_no_memory()
    {
        var log = Observed.Log(new KeptRecords());
        var execution = Observed.Execution("{\"level\":\"OFF\",\"includeExecutionData\":false}");
        var fatal = Observed.Execution(Observed.Configuration("FATAL", data: true));
        ExecutionEvent[] events = [new ExecutionSucceeded { Id = 4 }];
        Tell();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Tell();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Tell()
        {
            log.Committed(Observed.Id, execution, events, bytes: 128);
            log.Committed(Observed.Id, fatal, events, bytes: 128);
        }
    }

    private static async Task<List<JsonObject>> RunAsync(string states, string level, bool data)
    {
        var sink = new KeptRecords();
        var log = Observed.Log(sink);
        var bench = new ExecutionBench(states, furnish: room => room with { Observer = new Configured(log, Observed.Configuration(level, data)) });
        bench.Start();
        await log.DisposeAsync();
        return [.. sink.Records];
    }

    private static async Task WriteAsync(KeptRecords sink, bool data, params ExecutionEvent[] events)
    {
        var log = Observed.Log(sink);
        log.Committed(Observed.Id, Observed.Execution(Observed.Configuration("ALL", data)), events, bytes: 128);
        await log.DisposeAsync();
    }

    private static void Same(string expected, JsonNode? actual, bool role = false)
    {
        if (role)
            actual!["roleArn"] = "*";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}, but it was {actual}.");
    }
}
