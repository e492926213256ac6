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

    [Theory]
    [InlineData("arn:aws:states:::lambda:invoke.waitForTaskToken", "lambda", "invoke.waitForTaskToken")]
    [InlineData("arn:aws:states:::states:startExecution.sync:2", "states", "startExecution.sync:2")]
    [InlineData("arn:aws:states:::aws-sdk:sfn:startExecution.waitForTaskToken", "aws-sdk:sfn", "startExecution.waitForTaskToken")]
    public void An_integration_is_shown_by_its_service_and_its_action(string resource, string service, string action)
    {
        var started = new Wire.TaskStarted { Resource = resource, Kind = (int)TaskKind.Integration };
        var shown = HistoryProjection.Project(new Wire.Event { Id = 4, PreviousId = 3, At = 7, TaskStarted = started }, "us-east-1", payload: null);
        Assert.Equal(new HistoryEvent(4, 3, 7, "TaskStarted", new TaskStartedEventDetails(action, service)), shown);
    }
}
