using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>A decision ends at its limit and leaves an execution that goes on.</summary>
public sealed class DecisionLimitTests
{
    private const string Loop = "\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.stop\",\"IsPresent\":true,\"Next\":\"Z\"}],\"Default\":\"A\"},\"Z\":{\"Type\":\"Succeed\"}";

    [Fact]
    public void A_decision_makes_at_most_256_events_and_the_next_goes_on_where_it_ended()
    {
        var given = Given.States(Loop).Started();
        Assert.Equal(256, given.Last.Events.Length);
        Assert.True(given.Execution.IsRunnable);
        given.When(ExecutionCommand.GoOn.Instance);
        Assert.Equal(512, given.Execution.LastHistoryId);
    }

    [Fact]
    public void A_decision_makes_at_most_1_MiB_and_one_payload()
    {
        // Each state makes a new payload of about 200,000 bytes.
        var text = new string('x', 200_000);
        var given = Given.States($$"""
            "A":{"Type":"Pass","Parameters":{"a.$":"$$.State.EnteredTime","t":"{{text}}","f":1},"Next":"B"},
            "B":{"Type":"Choice","Choices":[{"Variable":"$.stop","IsPresent":true,"Next":"Z"},{"Variable":"$.f","NumericEquals":1,"Next":"C"}],"Default":"A"},
            "C":{"Type":"Pass","Parameters":{"t":"{{text}}","f":2},"Next":"B"},"Z":{"Type":"Succeed"}
            """).Started();
        Assert.InRange(given.Last.Events.Where(e => e.Payload?.Origin == e.Id).Sum(e => (long)e.Payload!.Size), 1 << 20, (1 << 20) + 200_100);
        Assert.True(given.Execution.IsRunnable);
    }

    [Fact]
    public void A_stop_between_two_decisions_ends_the_execution_at_once()
    {
        var given = Given.States(Loop).Started().Stopped("e", "c");
        Assert.Equal("257 0 ExecutionAborted e: c", given.History()[^1]);
        Assert.Single(given.Last.Events);
        Assert.False(given.Execution.IsRunnable);
    }

    [Fact]
    public void Where_a_decision_ends_makes_no_difference_to_the_history()
    {
        var whole = Given.States(Loop, new Limits { HistoryEvents = 500, DecisionEvents = 10_000 }).Started();
        foreach (var events in (int[])[1, 2, 3, 7, 256])
        {
            var parts = Given.States(Loop, new Limits { HistoryEvents = 500, DecisionEvents = events }).Started().GoesOn();
            Assert.Equal(whole.History(), parts.History());
        }
    }

    [Fact]
    public void A_call_leaves_with_the_decision_that_started_it_even_when_Scheduled_was_the_last_event_of_another()
    {
        var given = Given.Task(limits: new Limits { DecisionEvents = 3 }).Started();
        Assert.Equal(ScopePhase.Scheduled, given.Scope.Phase);
        Assert.Empty(given.Effects);
        Assert.Equal(["call 1.0 {}"], given.When(ExecutionCommand.GoOn.Instance).Effects);
    }

    [Fact]
    public void A_wait_of_no_time_that_ends_a_decision_is_due_at_once()
    {
        var given = Given.State("\"Type\":\"Wait\",\"Seconds\":0", new Limits { DecisionEvents = 3 }).Started();
        Assert.Equal(ScopePhase.Waiting, given.Scope.Phase);
        Assert.Equal(given.Now, given.Execution.WakeAt);
        Assert.Equal("{}", given.When(ExecutionCommand.GoOn.Instance).Output());
    }
}
