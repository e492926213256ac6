using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class StopTests
{
    private const string Retried = "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":9}]";

    [Fact]
    public void A_stop_ends_a_wait()
    {
        var given = Given.State("\"Type\":\"Wait\",\"Seconds\":9").Started().Later(500).Stopped("e", "c");
        Assert.Equal(["ExecutionStarted", "WaitStateEntered A", "ExecutionAborted e: c"], given.Names());
        Assert.Equal((CommandReply.Done, Given.StartTime + 500L, (long?)null), (given.Last.Reply, given.Execution.StoppedAt!.Value, given.Execution.WakeAt));
    }

    [Fact]
    public void A_stop_gives_a_call_up() =>
        Assert.Equal(["cancel 1.0"], Given.Task().Started().Stopped().Effects);

    [Fact]
    public void A_stop_ends_a_back_off_without_another_attempt()
    {
        var given = Given.Task(Retried).Started().Failed("E", null).Stopped();
        Assert.Empty(given.Effects);
        Assert.Empty(given.After(60).Last.Events);
    }

    [Fact]
    public void A_stop_that_comes_after_a_due_wait_finds_what_the_wait_led_to()
    {
        var given = Given.State("\"Type\":\"Wait\",\"Seconds\":9").Started().Later(9_000).Stopped();
        Assert.Equal((CommandReply.AlreadyClosed, ExecutionState.Succeeded), (given.Last.Reply, given.Execution.State));
    }

    [Fact]
    public void A_second_stop_changes_nothing()
    {
        var given = Given.Task().Started().Stopped("first", null).Later(5).Stopped("second", null);
        Assert.Equal(CommandReply.AlreadyClosed, given.Last.Reply);
        Assert.Empty(given.Last.Events);
        Assert.Equal("first", Assert.IsType<ExecutionAborted>(given.End()).Error);
    }
}
