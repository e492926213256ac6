using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>TimeoutSeconds of the machine cuts whatever its branches wait for, at the due time exactly, and tells of nothing else.</summary>
public sealed class BranchTimeoutTests
{
    private const string Ten = "\"TimeoutSeconds\":10,";
    private const string Retry = "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":99}]";

    [Theory]
    [InlineData("Parallel", "", "a join that waits for a call")]
    [InlineData("Map", "", "a join that waits for a call")]
    [InlineData("Parallel", Retry, "also where the state would be retried")]
    [InlineData("Map", Retry, "also where the state would be retried")]
    public void A1_It_cuts_a_join_and_gives_the_calls_up(string type, string fields, string what)
    {
        var given = Branching.Of(type, Branching.Task(), fields, Ten).Started("""{"items":[0]}""");
        Assert.Equal(Given.StartTime + 10_000, given.Execution.WakeAt);
        Assert.True(given.AfterMilliseconds(9_999).Last.Events.IsEmpty, what);
        AssertTimedOut(given.AfterMilliseconds(1), "TaskStarted");
        Assert.Equal(["cancel 1.0"], given.Effects);
    }

    [Theory]
    [InlineData("Parallel", Branching.LongWait, "", "WaitStateEntered I0")]
    [InlineData("Map", Branching.LongWait, "", "WaitStateEntered I0")]
    [InlineData("Parallel", Branching.Boom, Retry, "FailStateEntered I0")]
    [InlineData("Map", Branching.Boom, Retry, "MapIterationFailed 0")]
    public void A1_It_cuts_a_wait_inside_and_a_back_off_of_the_state(string type, string state, string fields, string last) =>
        AssertTimedOut(Branching.Of(type, state, fields, Ten).Started("""{"items":[0]}""").After(10), last);

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A1_It_cuts_a_back_off_inside_a_branch(string type)
    {
        var given = Branching.Of(type, Branching.Task(Retry), more: Ten).Started("""{"items":[0]}""").Failed("/1.0.0", "E", "c");
        AssertTimedOut(given.After(10), "TaskFailed E: c");
        Assert.Empty(given.Effects);
    }

    [Fact]
    public void A1_It_cuts_iterations_that_have_no_lane_yet()
    {
        var given = Branching.Map(Branching.LongWait, "\"MaxConcurrency\":1", Ten).Started("""{"items":[0,1,2]}""").After(10);
        AssertTimedOut(given, "WaitStateEntered I0");
        Assert.Single(given.Names(), name => name.StartsWith("MapIterationStarted", StringComparison.Ordinal));
    }

    [Fact]
    public void A1_It_cuts_a_map_inside_a_parallel_inside_a_map()
    {
        var inner = "\"Type\":\"Map\",\"ItemsPath\":\"$$.Execution.Input.items\",\"End\":true,\"ItemProcessor\":" + Branching.Scope("X", Branching.Task());
        var given = Branching.Map("\"Type\":\"Parallel\",\"End\":true,\"Branches\":[" + Branching.Scope("M", inner) + "]", more: Ten)
            .Started("""{"items":[0,1]}""");
        Assert.Equal(4, given.Execution.Outstanding.Count);
        AssertTimedOut(given.After(10), "TaskStarted");
        Assert.Equal(4, given.Effects.Length);
    }

    [Fact]
    public void A1_At_the_same_moment_it_comes_before_a_wait_that_would_end_the_join() =>
        AssertTimedOut(Branching.Parallel(["\"Type\":\"Wait\",\"Seconds\":10,\"End\":true"], more: Ten).Started().After(10), "WaitStateEntered I0");

    [Fact]
    public void A1_A_wait_before_it_ends_the_join_first_however_late_that_is_noticed() => Assert.Equal(
        ExecutionState.Succeeded,
        Branching.Parallel(["\"Type\":\"Wait\",\"Seconds\":9,\"End\":true"], more: Ten).Started().After(9_999).Execution.State);

    [Fact]
    public void A1_What_a_branch_reports_after_it_changes_nothing()
    {
        var given = Branching.Parallel([Branching.Task()], more: Ten).Started().Later(10_000).Answered("/1.0.0", "1");
        Assert.Equal(CommandReply.AlreadyClosed, given.Last.Reply);
        AssertTimedOut(given, "TaskStarted");
    }

    private static void AssertTimedOut(Given given, string lastBefore)
    {
        var end = Assert.IsType<ExecutionTimedOut>(given.End());
        Assert.Equal((Given.StartTime + 10_000, 0L), (end.At, end.PreviousId));
        Assert.Equal((ExecutionState.TimedOut, Given.StartTime + 10_000), (given.Execution.State, given.Execution.StoppedAt));
        Assert.Equal(lastBefore, given.Names()[^2]);
        Assert.Empty(given.Execution.Outstanding);
        Assert.Null(given.Execution.WakeAt);
    }
}
