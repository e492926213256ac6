using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class OrderOfEventsTests
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:work";

    [Fact]
    public void A_pass_state_shows_four_events_whose_first_state_has_no_parent()
    {
        var given = Given.States("""
            "A":{"Type":"Pass","End":true}
            """).Started("{\"a\": 1}");
        Assert.Equal(
            ["1 0 ExecutionStarted {\"a\": 1}", "2 0 PassStateEntered A {\"a\": 1}", "3 2 PassStateExited A {\"a\": 1}", "4 3 ExecutionSucceeded {\"a\": 1}"],
            given.History());
        Assert.Equal(ExecutionState.Succeeded, given.Execution.State);
    }

    [Fact]
    public void A_task_waits_for_its_call_which_leaves_after_Scheduled_and_Started()
    {
        var given = Given.States($$"""
            "A":{"Type":"Task","Resource":"{{Function}}","End":true}
            """).Started("{\"a\":1}");
        Assert.Equal(["1 0 ExecutionStarted {\"a\":1}", "2 0 TaskStateEntered A {\"a\":1}", "3 2 TaskScheduled {\"a\":1}", "4 3 TaskStarted"], given.History());
        var call = Assert.IsType<Effect.Call>(Assert.Single(given.Last.Effects));
        Assert.Equal(Assert.Single(given.Execution.Outstanding), call.What);

        given.Completed("{\"b\":2}");
        Assert.Equal(["5 4 TaskSucceeded {\"b\":2}", "6 5 TaskStateExited A {\"b\":2}", "7 6 ExecutionSucceeded {\"b\":2}"], given.History()[4..]);
        Assert.Empty(given.Last.Effects);
    }

    [Fact]
    public void A_payload_that_is_seen_again_is_the_stored_one()
    {
        var given = Given.States($$"""
            "A":{"Type":"Task","Resource":"{{Function}}","Next":"B"},"B":{"Type":"Pass","End":true}
            """).Started("{\"a\":1}").Completed("{\"a\":1}");
        Assert.All(given.Events.Where(e => e.Payload is not null), e => Assert.Equal(1, e.Payload!.Origin));
    }

    [Fact]
    public void An_error_of_evaluation_names_the_state_and_its_entered_event()
    {
        var given = Given.States("""
            "A":{"Type":"Wait","SecondsPath":"$.p","End":true}
            """).Started("{\"p\":1.5}");
        Assert.Equal(
            "3 2 ExecutionFailed States.Runtime: An error occurred while executing the state 'A' (entered at the event id #2). The SecondsPath parameter cannot be parsed as a long value: $.p == 1.5",
            given.History()[^1]);
    }
}
