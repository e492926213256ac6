using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class RetryTests
{
    [Fact]
    public void A75_A_retrier_waits_1_2_and_4_seconds_and_gives_up_after_3_attempts()
    {
        var given = Given.Task("\"Retry\":[{\"ErrorEquals\":[\"E\"]}]").Started();
        foreach (var delay in (int[])[1, 2, 4])
        {
            given.Failed("E", "c");
            Assert.Equal(given.Now + (delay * 1000), given.Execution.WakeAt);
            Assert.Empty(given.AfterMilliseconds((delay * 1000) - 1).Last.Events);
            Assert.Equal(["TaskScheduled", "TaskStarted"], given.AfterMilliseconds(1).Last.Events.Select(e => e.GetType().Name));
        }

        Assert.Equal(("E", "c"), given.Failed("E", "c").Failure());
    }

    [Fact]
    public void A75_A_retrier_without_attempts_takes_its_errors_and_retries_none()
    {
        var given = Given.TaskAndB("""
            "Retry":[{"ErrorEquals":["E"],"MaxAttempts":0},{"ErrorEquals":["States.ALL"]}],"Catch":[{"ErrorEquals":["E"],"Next":"B"}]
            """).Started().Failed("E", "c");
        Assert.Equal("""{"Error":"E","Cause":"c"}""", given.Output());
    }

    [Theory]
    [InlineData("\"IntervalSeconds\":3,\"BackoffRate\":1.0", "3000,3000,3000,3000")]
    [InlineData("\"IntervalSeconds\":2,\"BackoffRate\":1.5", "2000,3000,4500,6750")]
    [InlineData("\"IntervalSeconds\":10,\"BackoffRate\":3,\"MaxDelaySeconds\":50", "10000,30000,50000,50000")]
    [InlineData("\"IntervalSeconds\":99999999,\"BackoffRate\":100", "31622400000,31622400000,31622400000,31622400000")]
    [InlineData("\"IntervalSeconds\":1,\"BackoffRate\":1e300", "1000,31622400000,31622400000,31622400000")]
    public void A75_The_delay_grows_by_BackoffRate_up_to_MaxDelaySeconds(string fields, string delays)
    {
        var given = Given.Task($$"""
            "Retry":[{"ErrorEquals":["E"],"MaxAttempts":4,{{fields}}}]
            """).Started();
        var seen = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            given.Failed("E", null);
            seen.Add(given.Execution.WakeAt!.Value - given.Now);
            given.AfterMilliseconds(seen[^1]);
        }

        Assert.Equal(delays, string.Join(',', seen));
    }

    [Fact]
    public void A75_Full_jitter_draws_from_nothing_up_to_the_capped_delay()
    {
        var seen = new List<long>();
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var given = Given.Task("""
                "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":60,"MaxDelaySeconds":10,"JitterStrategy":"FULL"}]
                """).With(seed).Started().Failed("E", null);
            seen.Add(given.Execution.WakeAt is { } due ? due - given.Now : 0);
        }

        Assert.All(seen, delay => Assert.InRange(delay, 0, 9_999));
        Assert.InRange(seen.Average(), 4_500, 5_500);
        Assert.InRange(seen.Count(delay => delay < 1000), 120, 280);
        Assert.InRange(seen.Count(delay => delay >= 9000), 120, 280);
    }

    [Fact]
    public void A75_The_same_seed_draws_the_same_jitter_and_the_next_attempt_another()
    {
        const string retry = """
            "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":100,"BackoffRate":1,"JitterStrategy":"FULL"}]
            """;
        var one = Given.Task(retry).With(7).Started().Failed("E", null);
        var same = Given.Task(retry).With(7).Started().Failed("E", null);
        Assert.Equal(one.Execution.WakeAt, same.Execution.WakeAt);
        var first = one.Execution.WakeAt!.Value - one.Now;
        one.AfterMilliseconds(first).Failed("E", null);
        Assert.NotEqual(first, one.Execution.WakeAt!.Value - one.Now);
    }

    [Fact]
    public void A76_Each_retrier_counts_for_itself_and_RetryCount_counts_all()
    {
        var given = Given.Task("""
            "Parameters":{"n.$":"$$.State.RetryCount"},
            "Retry":[{"ErrorEquals":["E"],"MaxAttempts":2},{"ErrorEquals":["F"],"IntervalSeconds":5,"MaxAttempts":1}]
            """).Started();
        Assert.Equal(["call 1.0 {\"n\":0}"], given.Effects);
        Assert.Equal(["call 1.1 {\"n\":1}"], given.Failed("E", null).After(1).Effects);
        Assert.Equal(["call 1.2 {\"n\":2}"], given.Failed("F", null).After(5).Effects);
        Assert.Equal(["call 1.3 {\"n\":3}"], given.Failed("E", null).After(2).Effects);
        Assert.Equal("E", given.Failed("E", null).Failure().Error);
    }

    [Fact]
    public void A76_The_counters_begin_anew_when_the_state_is_entered_again()
    {
        var given = Given.States($$"""
            "A":{{{Given.TaskFields("\"Parameters\":{\"n.$\":\"$$.State.RetryCount\"},\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}]")}},"Next":"C"},
            "C":{"Type":"Choice","Choices":[{"Variable":"$.again","BooleanEquals":true,"Next":"A"}],"Default":"Z"},"Z":{"Type":"Succeed"}
            """).Started().Failed("E", null).After(1).Completed("""{"again":true}""");
        Assert.Equal(["call 3.0 {\"n\":0}"], given.Effects);
        Assert.Equal(["call 3.1 {\"n\":1}"], given.Failed("E", null).After(1).Effects);
        Assert.Equal("E", given.Failed("E", null).Failure().Error);
    }

    [Fact]
    public void A77_The_back_off_shows_no_event_and_the_next_attempt_a_new_Scheduled_without_Entered()
    {
        var given = Given.Task("\"Retry\":[{\"ErrorEquals\":[\"E\"]}]").Started().Failed("E", "c").After(1).Completed("1");
        Assert.Equal(
            ["5 4 TaskFailed E: c", "6 5 TaskScheduled {}", "7 6 TaskStarted", "8 7 TaskSucceeded 1", "9 8 TaskStateExited A 1", "10 9 ExecutionSucceeded 1"],
            given.History()[4..]);
    }

    [Fact]
    public void A75_A_timeout_is_retried_too()
    {
        var given = Given.Task("\"TimeoutSeconds\":3,\"Retry\":[{\"ErrorEquals\":[\"States.Timeout\"],\"MaxAttempts\":1}]").Started().After(3);
        Assert.Equal(["cancel 1.0"], given.Effects);
        Assert.Equal(["call 1.1 {}"], given.After(1).Effects);
        Assert.Equal(given.Now + 3000, given.Execution.WakeAt);
        Assert.Equal(("States.Timeout", null), given.After(3).Failure());
    }
}
