using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class HistoryLimitTests
{
    private const string Loop = """
        "A":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"Z"}],"Default":"A"},"Z":{"Type":"Succeed"}
        """;

    [Fact]
    public void C24_Event_25_000_is_the_failure_and_follows_event_24_999()
    {
        var given = Given.States(Loop).Started().GoesOn();
        Assert.Equal("25000 24999 ExecutionFailed States.Runtime: The execution reached the maximum number of history events (25000).", given.History()[^1]);
        Assert.Equal(25_000, given.Execution.LastHistoryId);
        Assert.Equal(ExecutionState.Failed, given.Execution.State);
        Assert.Null(given.Execution.WakeAt);
    }

    [Fact]
    public void C24_An_execution_may_end_well_with_event_number_limit()
    {
        Assert.Equal("{}", Given.State("\"Type\":\"Pass\"", new Limits { HistoryEvents = 4 }).Started().Output());
        Assert.Equal(
            ["1 0 ExecutionStarted {}", "2 0 PassStateEntered A {}", "3 2 ExecutionFailed States.Runtime: The execution reached the maximum number of history events (3)."],
            Given.State("\"Type\":\"Pass\"", new Limits { HistoryEvents = 3 }).Started().History());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void C24_However_small_the_limit_is_an_execution_starts_before_it_fails(long limit)
    {
        var given = Given.State("\"Type\":\"Pass\"", new Limits { HistoryEvents = limit }).Started();
        Assert.Equal(["ExecutionStarted", $"ExecutionFailed States.Runtime: The execution reached the maximum number of history events ({limit})."], given.Names());
    }

    [Fact]
    public void C24_A_call_that_would_be_one_event_too_many_is_not_made()
    {
        var given = Given.Task(limits: new Limits { HistoryEvents = 4 }).Started();
        Assert.Equal("ExecutionFailed States.Runtime: The execution reached the maximum number of history events (4).", given.Names()[^1]);
        Assert.Empty(given.Effects);
    }

    [Fact]
    public void C24_With_the_limit_off_a_loop_goes_on_until_it_is_stopped()
    {
        var given = Given.States(Loop, new Limits { HistoryEvents = 0 }).Started();
        while (given.Execution.LastHistoryId < 60_000)
            given.When(ExecutionCommand.GoOn.Instance);
        Assert.Equal(CommandReply.Done, given.Stopped("e", "c").Last.Reply);
        Assert.Equal(ExecutionState.Aborted, given.Execution.State);
    }

    [Fact]
    public void C24_With_the_limit_off_a_loop_ends_when_its_machine_times_out()
    {
        var given = Given.States(Loop, new Limits { HistoryEvents = 0 }, more: "\"TimeoutSeconds\":5,").Started();
        for (var i = 0; i < 100; i++)
            given.When(ExecutionCommand.GoOn.Instance);
        Assert.IsType<ExecutionTimedOut>(given.After(5).End());
        Assert.Equal(Given.StartTime + 5000, given.Execution.StoppedAt);
    }
}
