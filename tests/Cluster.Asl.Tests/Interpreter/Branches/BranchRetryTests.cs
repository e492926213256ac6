using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>Retry of Parallel and Map: whose count is counted, what is run again and what shows.</summary>
public sealed class BranchRetryTests
{
    private const string Items = """{"items":[0]}""";

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A74_Retriers_come_first_the_first_that_matches_counts_and_then_the_catchers_in_order(string type)
    {
        var given = Branching.Of(type, Branching.Boom, """
            "Retry":[{"ErrorEquals":["Other"],"MaxAttempts":9},{"ErrorEquals":["Boom"],"MaxAttempts":1},{"ErrorEquals":["States.ALL"],"MaxAttempts":9}],
            "Catch":[{"ErrorEquals":["Other"],"Next":"A"},{"ErrorEquals":["Boom"],"ResultPath":"$.first","Next":"B"},{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """).Started(Items);
        Assert.Equal(ScopePhase.BackingOff, given.Scope.Phase);
        given.After(1);
        Assert.Equal("""{"items":[0],"first":{"Error":"Boom","Cause":"why"}}""", given.Output());
        Assert.Equal(2, given.Names().Count(name => name == $"{type}StateStarted"));
    }

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A75_A_retrier_waits_1_2_and_4_seconds_and_gives_up_after_3_attempts(string type)
    {
        var given = Branching.Of(type, Branching.Boom, "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}]").Started(Items);
        foreach (var delay in (int[])[1, 2, 4])
        {
            Assert.Equal(given.Now + (delay * 1000), given.Execution.WakeAt);
            Assert.Empty(given.AfterMilliseconds((delay * 1000) - 1).Last.Events);
            given.AfterMilliseconds(1);
        }

        Assert.Equal(("Boom", "why"), given.Failure());
        Assert.Equal(4, given.Names().Count(name => name == "FailStateEntered I0"));
    }

    [Fact]
    public void A75_Iterations_that_fail_at_the_same_moment_draw_their_jitter_apart()
    {
        var task = Branching.Task("\"TimeoutSeconds\":5,\"Retry\":[{\"ErrorEquals\":[\"States.Timeout\"],\"IntervalSeconds\":60,\"JitterStrategy\":\"FULL\"}]");
        var given = Branching.MapOf(task).Started($"[{string.Join(',', Enumerable.Range(0, 40))}]").After(5);
        var delays = given.Last.Events.OfType<RetryScheduled>().Select(retry => retry.Due - given.Now).ToList();
        Assert.Equal(40, delays.Count);
        Assert.All(delays, delay => Assert.InRange(delay, 0, 59_999));
        Assert.InRange(delays.Distinct().Count(), 38, 40);
        Assert.InRange(delays.Average(), 20_000, 40_000);
    }

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A75_A_retrier_without_attempts_takes_its_errors_and_retries_none(string type) => Assert.Equal(
        """{"Error":"Boom","Cause":"why"}""",
        Branching.Of(type, Branching.Boom, """
            "Retry":[{"ErrorEquals":["Boom"],"MaxAttempts":0},{"ErrorEquals":["States.ALL"]}],"Catch":[{"ErrorEquals":["Boom"],"Next":"B"}]
            """).Started(Items).Output());

    [Fact]
    public void A76_Each_retrier_of_a_parallel_counts_for_itself_and_RetryCount_counts_all()
    {
        var given = Branching.Parallel([Branching.Task()], """
            "Parameters":{"n.$":"$$.State.RetryCount"},
            "Retry":[{"ErrorEquals":["E"],"MaxAttempts":2},{"ErrorEquals":["F"],"IntervalSeconds":5,"MaxAttempts":1}]
            """).Started();
        Assert.Equal(["call 1.0 {\"n\":0}"], given.Effects);
        Assert.Equal(["call 1.0 {\"n\":1}"], given.Failed("/1.0.0", "E", null).After(1).Effects);
        Assert.Equal(["call 1.0 {\"n\":2}"], given.Failed("/1.1.0", "F", null).After(5).Effects);
        Assert.Equal(["call 1.0 {\"n\":3}"], given.Failed("/1.2.0", "E", null).After(2).Effects);
        Assert.Equal("E", given.Failed("/1.3.0", "E", null).Failure().Error);
    }

    [Fact]
    public void A76_ItemSelector_sees_the_RetryCount_of_the_map()
    {
        var given = Branching.Map(Branching.Task(), """
            "ItemSelector":{"n.$":"$$.State.RetryCount","v.$":"$$.Map.Item.Value"},"Retry":[{"ErrorEquals":["E"]}]
            """).Started("""{"items":[7]}""");
        Assert.Equal(["call 1.0 {\"n\":0,\"v\":7}"], given.Effects);
        Assert.Equal(["call 1.0 {\"n\":1,\"v\":7}"], given.Failed("/1.0.0", "E", null).After(1).Effects);
    }

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A76_The_counters_begin_anew_when_the_state_is_entered_again(string type)
    {
        var given = Branching.Of(type, Branching.Boom, """
            "Retry":[{"ErrorEquals":["Boom"],"MaxAttempts":1}],"Catch":[{"ErrorEquals":["Boom"],"ResultPath":null,"Next":"A"}]
            """).Started(Items);
        for (var visit = 1; visit < 4; visit++)
        {
            Assert.Equal((visit, ScopePhase.BackingOff, 1), (given.Scope.Visit, given.Scope.Phase, given.Scope.RetryCount));
            Assert.Equal(given.Now + 1000, given.Execution.WakeAt);
            given.After(1);
        }
    }

    [Fact]
    public void A76_A_task_inside_a_branch_counts_anew_when_its_parallel_is_retried()
    {
        var given = Branching.Parallel(
            [Branching.Task("\"Parameters\":{\"n.$\":\"$$.State.RetryCount\"},\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}]")],
            "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}]").Started();
        Assert.Equal(["call 1.0 {\"n\":0}"], given.Effects);
        Assert.Equal(["call 1.1 {\"n\":1}"], given.Failed("/1.0.0", "E", null).After(1).Effects);
        Assert.Equal(["call 1.0 {\"n\":0}"], given.Failed("/1.0.0", "E", null, attempt: 1).After(1).Effects);
        Assert.Equal(["call 1.1 {\"n\":1}"], given.Failed("/1.1.0", "E", null).After(1).Effects);
        Assert.Equal("E", given.Failed("/1.1.0", "E", null, attempt: 1).Failure().Error);
    }

    [Fact]
    public void A76_A_retry_runs_all_branches_again_and_those_that_had_ended_too()
    {
        var given = Branching.Parallel([Branching.Pass, Branching.Task(), Branching.Task()], "\"Retry\":[{\"ErrorEquals\":[\"E\"]}]").Started("0");
        given.Answered("/1.0.1", "\"old\"").Failed("/1.0.2", "E", null).After(1);
        Assert.Equal(["call 1.0 0", "call 1.0 0"], given.Effects);
        Assert.Equal("""[0,"one","two"]""", given.Answered("/1.1.1", "\"one\"").Answered("/1.1.2", "\"two\"").Output());
    }

    [Fact]
    public void A77_While_a_parallel_backs_off_nothing_runs_and_nothing_of_its_branches_is_taken()
    {
        var given = Branching.Parallel([Branching.Task(), Branching.LongWait, Branching.Task()], "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"IntervalSeconds\":9}]")
            .Started();
        given.Failed("/1.0.0", "E", null);
        Assert.Empty(given.Execution.Outstanding);
        var before = given.Names().Length;
        given.Answered("/1.0.2", "1");
        Assert.Equal((CommandReply.NotWaitedFor, before), (given.Last.Reply, given.Names().Length));
    }
}
