using Cluster.Node.Executions.Encoding;
using Cluster.Node.History;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.InMemory;
using Cluster.Node.Tests.Executions;
using Cluster.Node.Tests.Simulation;
using Cluster.Protocol.Arns;
using Cluster.Protocol.History;
using Cluster.Protocol.Operations;
using Xunit;

namespace Cluster.Node.Tests.History;

/// <summary>What callers see of an execution that its machine's TimeoutSeconds has ended.</summary>
public sealed class TimedOutExecutionTests
{
    private static readonly ExecutionArn Arn = new("aws", "r", "a", "m", "run");

    private readonly ExecutionBench _bench = new("\"A\":{\"Type\":\"Wait\",\"Seconds\":99,\"End\":true}", more: "\"TimeoutSeconds\":5,");
    private readonly QueryService _queries;

    public TimedOutExecutionTests()
    {
        var history = new HistoryReader(_bench.Store, new EventCodec(new IdentityPayloadCodec()));
        _queries = new QueryService(
            _bench.Store, new InMemoryStateMachineStore(), new InMemoryActivityStore(), history, new NodeAddress("aws", "r", "a"), _bench.Clock);
        _bench.Start();
        _bench.Advance(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A1_DescribeExecution_tells_TIMED_OUT_at_the_due_time_and_neither_error_nor_cause()
    {
        var told = World.Now(_queries.DescribeExecutionAsync(new DescribeExecutionRequest(Arn, MetadataOnly: false), CancellationToken.None)).Value!;
        Assert.Equal(("TIMED_OUT", null, null), (told.Status, told.Error, told.Cause));
        Assert.Equal(told.StartDate + 5000, told.StopDate);
        Assert.Null(told.Output);
    }

    [Fact]
    public void A1_The_history_ends_with_States_Timeout_and_tells_nothing_of_the_state_that_was_cut()
    {
        var request = new GetExecutionHistoryRequest(Arn, MaxResults: 100, ReverseOrder: false, NextToken: null, IncludeExecutionData: true);
        var events = World.Now(_queries.GetExecutionHistoryAsync(request, CancellationToken.None)).Value!.Events;
        Assert.Equal(["ExecutionStarted", "WaitStateEntered", "ExecutionTimedOut"], events.Select(e => e.Type));
        Assert.Equal((0L, new FailureEventDetails("States.Timeout", null)), (events[^1].PreviousEventId, events[^1].Details));
    }
}
