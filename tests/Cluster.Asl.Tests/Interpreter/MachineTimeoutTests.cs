using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>TimeoutSeconds of the machine cuts whatever the execution does, at the due time exactly.</summary>
public sealed class MachineTimeoutTests
{
    private const string Ten = "\"TimeoutSeconds\":10,";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3_600_000)]
    public void A1_The_stop_date_is_the_start_date_and_the_budget_however_late_it_is_noticed(int late)
    {
        var given = Given.Task(more: Ten).Started();
        Assert.Equal(Given.StartTime + 10_000, given.Execution.WakeAt);
        Assert.Empty(given.AfterMilliseconds(9_999).Last.Events);
        given.AfterMilliseconds(1 + late);
        var end = Assert.IsType<ExecutionTimedOut>(given.End());
        Assert.Equal((Given.StartTime + 10_000, 0L), (end.At, end.PreviousId));
        Assert.Equal((ExecutionState.TimedOut, Given.StartTime + 10_000), (given.Execution.State, given.Execution.StoppedAt));
        Assert.Equal(["cancel 1.0"], given.Effects);
    }

    [Fact]
    public void A1_It_cuts_a_wait()
    {
        var given = Given.State("\"Type\":\"Wait\",\"Seconds\":99", more: Ten).Started();
        Assert.Equal(["ExecutionStarted", "WaitStateEntered A", "ExecutionTimedOut"], given.After(10).Names());
    }

    [Fact]
    public void A1_It_cuts_a_back_off()
    {
        var given = Given.Task("\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":99}]", more: Ten).Started().Failed("E", null).After(10);
        Assert.Equal("ExecutionTimedOut", given.Names()[^1]);
        Assert.Empty(given.Effects);
    }

    [Fact]
    public void A1_At_the_same_moment_it_comes_before_the_end_of_a_wait_and_of_a_call()
    {
        Assert.IsType<ExecutionTimedOut>(Given.State("\"Type\":\"Wait\",\"Seconds\":10", more: Ten).Started().After(10).End());
        Assert.IsType<ExecutionTimedOut>(Given.Task("\"TimeoutSeconds\":10", more: Ten).Started().After(10).End());
    }

    [Fact]
    public void A1_A_deadline_before_it_is_settled_first()
    {
        var given = Given.TaskAndB("\"TimeoutSeconds\":9,\"Catch\":[{\"ErrorEquals\":[\"States.Timeout\"],\"Next\":\"B\"}]", more: Ten).Started().After(60);
        Assert.Equal(ExecutionState.Succeeded, given.Execution.State);
    }

    [Fact]
    public void A1_A_call_that_would_begin_after_it_is_not_made()
    {
        var given = Given.States($$"""
            "A":{"Type":"Wait","Seconds":5,"Next":"T"},"T":{{{Given.TaskFields()}},"End":true}
            """, more: Ten).Started().After(60);
        Assert.IsType<ExecutionTimedOut>(given.End());
        Assert.Empty(given.Effects);
    }

    [Fact]
    public void A1_An_answer_and_a_stop_that_come_after_it_change_nothing()
    {
        foreach (var command in (ExecutionCommand[])[new ExecutionCommand.CompleteTask("", 1, 0, "1"u8.ToArray()), new ExecutionCommand.Stop(null, null)])
        {
            var given = Given.Task(more: Ten).Started().Later(10_000).When(command);
            Assert.Equal(CommandReply.AlreadyClosed, given.Last.Reply);
            Assert.IsType<ExecutionTimedOut>(given.End());
        }
    }
}
