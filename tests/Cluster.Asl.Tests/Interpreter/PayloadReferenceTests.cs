using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>A payload is stored once; who repeats it names the event that holds it, never one that only names it.</summary>
public sealed class PayloadReferenceTests
{
    private const string Function = Given.Function;

    [Fact]
    public void Whatever_repeats_a_payload_names_the_event_that_holds_its_text()
    {
        var given = Given.States($$"""
            "A":{"Type":"Pass","Next":"T"},
            "T":{"Type":"Task","Resource":"{{Function}}","Retry":[{"ErrorEquals":["E"]}],"ResultPath":null,"Next":"P"},
            "P":{"Type":"Pass","Result":{"new":1},"Next":"Q"},"Q":{"Type":"Pass","End":true}
            """).Started("""{"a":1}""").Failed("E", null).After(1).Completed("""{"r":1}""");
        AssertNoChains(given.Events);
        Assert.Equal([1, 1, 1, 1, 1, 1, 10, 1, 1, 13, 13, 13, 13], given.Events.Where(e => e.Payload is not null).Select(e => e.Payload!.Origin));
    }

    [Fact]
    public void A_text_that_was_sent_with_blanks_is_stored_once()
    {
        var given = Given.States("""
            "A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","End":true}
            """).Started("{ \"a\": 1 }");
        Assert.Equal([1, 1, 1, 1, 1, 1], given.Events.Select(e => e.Payload!.Origin));
    }

    [Fact]
    public void A_result_that_equals_what_was_sent_names_it()
    {
        var given = Given.Task("\"Parameters\":{\"p\":1}").Started("""{"a":1}""").Completed("""{"p":1}""");
        Assert.Equal([1, 1, 3, 3, 3, 3], given.Events.Where(e => e.Payload is not null).Select(e => e.Payload!.Origin));
        AssertNoChains(given.Events);
    }

    [Fact]
    public void A_payload_of_the_input_is_found_again_after_others_came_between()
    {
        var given = Given.States("""
            "A":{"Type":"Pass","Result":1,"ResultPath":"$.x","Next":"B"},"B":{"Type":"Pass","InputPath":"$$.Execution.Input","End":true}
            """).Started("""{"a":1}""");
        Assert.Equal(1, given.End().Payload!.Origin);
    }

    /// <summary>An event's payload is its own, or that of an earlier event that holds the same text itself.</summary>
    internal static void AssertNoChains(IEnumerable<ExecutionEvent> events)
    {
        var held = new Dictionary<long, Payload>();
        foreach (var e in events.Where(e => e.Payload is not null))
        {
            if (e.Payload!.Origin == e.Id)
                held.Add(e.Id, e.Payload);
            else
                Assert.Equal(held[e.Payload.Origin].ToString(), e.Payload.ToString());
        }
    }
}
