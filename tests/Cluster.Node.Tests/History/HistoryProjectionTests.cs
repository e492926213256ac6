using Cluster.Asl.Definitions;
using Cluster.Node.History;
using Cluster.Protocol.History;
using Xunit;
using Wire = Cluster.Node.Executions.Encoding.Wire;

namespace Cluster.Node.Tests.History;

/// <summary>How the journal's events look as AWS's.</summary>
public sealed class HistoryProjectionTests
{
    [Fact]
    public void A1_An_execution_that_ran_out_of_time_shows_States_Timeout_and_no_cause()
    {
        var shown = HistoryProjection.Project(new Wire.Event { Id = 3, At = 5, ExecutionTimedOut = new Wire.ExecutionTimedOut() }, "us-east-1", payload: null);
        Assert.Equal(new HistoryEvent(3, 0, 5, "ExecutionTimedOut", new FailureEventDetails("States.Timeout", Cause: null)), shown);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A73_A_timeout_and_a_missed_heartbeat_both_show_States_Timeout_and_no_cause(bool heartbeat)
    {
        var timedOut = new Wire.TaskTimedOut { Resource = "arn:aws:states:::lambda:invoke", Kind = (int)TaskKind.Integration, Heartbeat = heartbeat };
        var shown = HistoryProjection.Project(new Wire.Event { Id = 6, PreviousId = 5, At = 7, TaskTimedOut = timedOut }, "us-east-1", payload: null);
        Assert.Equal(new HistoryEvent(6, 5, 7, "TaskTimedOut", new TaskFailureEventDetails("States.Timeout", null, "invoke", "lambda")), shown);
    }
}
