using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class CatchTests
{
    [Theory]
    [InlineData("", """{"Error":"E","Cause":"c"}""")]
    [InlineData(",\"ResultPath\":\"$\"", """{"Error":"E","Cause":"c"}""")]
    [InlineData(",\"ResultPath\":\"$.x.y\"", """{"in":1,"x":{"y":{"Error":"E","Cause":"c"}}}""")]
    [InlineData(",\"ResultPath\":null", """{"in": 1}""")]
    public void A78_A_catcher_puts_the_error_where_its_ResultPath_says(string fields, string output) => Assert.Equal(
        output, Given.TaskAndB("\"Catch\":[{\"ErrorEquals\":[\"E\"],\"Next\":\"B\"" + fields + "}]").Started("""{"in": 1}""").Failed("E", "c").Output());

    [Fact]
    public void A78_The_first_catcher_that_matches_takes_the_error()
    {
        const string fields = """
            "Catch":[{"ErrorEquals":["X","Y"],"ResultPath":"$.one","Next":"B"},{"ErrorEquals":["Y","Z"],"ResultPath":"$.two","Next":"B"},{"ErrorEquals":["States.ALL"],"ResultPath":"$.three","Next":"B"}]
            """;
        foreach (var (error, place) in ((string, string)[])[("X", "one"), ("Y", "one"), ("Z", "two"), ("W", "three")])
            Assert.StartsWith($"{{\"{place}\":", Given.TaskAndB(fields).Started().Failed(error, null).Output());
    }

    [Fact]
    public void A78_ResultSelector_ResultPath_and_OutputPath_of_the_state_do_not_touch_a_caught_error()
    {
        var given = Given.TaskAndB("""
            "ResultSelector":{"no.$":"$.no"},"ResultPath":"$.no.r","OutputPath":"$.no","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """).Started().Failed("E", "c");
        Assert.Equal("""{"Error":"E","Cause":"c"}""", given.Output());
    }

    [Fact]
    public void A78_A_failure_without_values_gives_nulls() => Assert.Equal(
        """{"Error":null,"Cause":null}""",
        Given.TaskAndB("\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"B\"}]").Started().Failed(null, null).Output());

    [Fact]
    public void A78_A_caught_error_shows_the_call_that_failed_and_the_state_that_is_left()
    {
        var given = Given.TaskAndB("\"Catch\":[{\"ErrorEquals\":[\"E\"],\"ResultPath\":null,\"Next\":\"B\"}]").Started().Failed("E", "c");
        Assert.Equal(
            ["5 4 TaskFailed E: c", "6 5 TaskStateExited A {}", "7 6 PassStateEntered B {}", "8 7 PassStateExited B {}", "9 8 ExecutionSucceeded {}"],
            given.History()[4..]);
    }

    [Fact]
    public void A78_An_evaluation_that_fails_and_is_caught_gives_its_cause_with_the_state_and_its_event()
    {
        var given = Given.TaskAndB("""
            "ResultPath":"$.a.b","Catch":[{"ErrorEquals":["States.ResultPathMatchFailure"],"ResultPath":"$.e","Next":"B"}]
            """).Started("""{"a":1}""").Completed("1");
        Assert.StartsWith(
            """{"a":1,"e":{"Error":"States.ResultPathMatchFailure","Cause":"An error occurred while executing the state 'A' (entered at the event id #2). """,
            given.Output());
    }

    [Theory]
    [InlineData("\"Type\":\"Pass\"")]
    [InlineData("\"Type\":\"Wait\",\"Seconds\":1")]
    [InlineData("\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"B\"}]")]
    public void A5_Only_states_that_can_fail_from_outside_have_Retry_and_Catch(string fields)
    {
        var result = Parsing.Definition.Diagnostics(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{" + fields + ",\"Retry\":[],\"Catch\":[]" + (fields.Contains("Choice", StringComparison.Ordinal) ? "" : ",\"Next\":\"B\"")
            + "},\"B\":{\"Type\":\"Succeed\"}}}");
        Assert.Equal(
            "SCHEMA_VALIDATION_FAILED: Field 'Retry' is not supported at /States/A, SCHEMA_VALIDATION_FAILED: Field 'Catch' is not supported at /States/A",
            result);
    }

    [Fact]
    public void A74_A_catcher_can_lead_back_to_its_own_state()
    {
        var given = Given.Task("\"Catch\":[{\"ErrorEquals\":[\"E\"],\"ResultPath\":\"$.e\",\"Next\":\"A\"}]").Started().Failed("E", "c");
        Assert.Equal(["call 2.0 {\"e\":{\"Error\":\"E\",\"Cause\":\"c\"}}"], given.Effects);
        Assert.Equal(ExecutionState.Succeeded, given.Completed("1").Execution.State);
    }

    [Fact]
    public void A78_A_catcher_whose_ResultPath_fits_nowhere_ends_the_execution_with_that()
    {
        var given = Given.TaskAndB("""
            "Catch":[{"ErrorEquals":["E"],"ResultPath":"$.a.b","Next":"B"},{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """).Started("""{"a":1}""").Failed("E", "c");
        var (error, cause) = given.Failure();
        Assert.Equal("States.ResultPathMatchFailure", error);
        Assert.StartsWith("An error occurred while executing the state 'A' (entered at the event id #2). Unable to apply step", cause);
    }
}
