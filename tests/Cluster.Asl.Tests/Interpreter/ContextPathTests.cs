using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>A path into the context object may stand wherever a path of a state may.</summary>
public sealed class ContextPathTests
{
    private const string Input = """{"one":1,"nine":9,"time":"2023-11-14T22:13:21Z","text":"said"}""";

    [Theory]
    [InlineData("\"SecondsPath\":\"$$.Execution.Input.one\"", 1000)]
    [InlineData("\"TimestampPath\":\"$$.Execution.Input.time\"", 1000)]
    [InlineData("\"TimestampPath\":\"$$.State.EnteredTime\"", 0)]
    [InlineData("\"InputPath\":\"$$.Execution.Input\",\"SecondsPath\":\"$.nine\"", 9000)]
    public void A37_The_paths_of_a_wait(string fields, long milliseconds)
    {
        var given = Given.State("\"Type\":\"Wait\"," + fields).Started(Input);
        Assert.Equal(milliseconds == 0 ? null : Given.StartTime + milliseconds, given.Execution.WakeAt);
    }

    [Fact]
    public void A37_The_paths_of_a_task()
    {
        var given = Given.Task("\"TimeoutSecondsPath\":\"$$.Execution.Input.nine\",\"HeartbeatSecondsPath\":\"$$.Execution.Input.one\"").Started(Input);
        var scheduled = given.Events.OfType<TaskScheduled>().Single();
        Assert.Equal((9L, 1L), (scheduled.TimeoutSeconds, scheduled.HeartbeatSeconds));
    }

    [Fact]
    public void A37_The_paths_of_a_fail() => Assert.Equal(
        ("said", "A"),
        Given.States("\"A\":{\"Type\":\"Fail\",\"ErrorPath\":\"$$.Execution.Input.text\",\"CausePath\":\"$$.State.Name\"}").Started(Input).Failure());

    [Fact]
    public void A37_The_paths_of_a_choice()
    {
        var given = Given.States("""
            "A":{"Type":"Choice","Choices":[{"Variable":"$$.Execution.Input.one","NumericLessThanPath":"$$.Execution.Input.nine","Next":"B"}],"Default":"C"},
            "B":{"Type":"Succeed"},"C":{"Type":"Fail"}
            """).Started(Input);
        Assert.Equal(ExecutionState.Succeeded, given.Execution.State);
    }

    [Theory]
    [InlineData("\"InputPath\":\"$$\"")]
    [InlineData("\"OutputPath\":\"$$\"")]
    [InlineData("\"Parameters\":{\"c.$\":\"$$\"},\"OutputPath\":\"$.c\"")]
    public void A37_Two_dollars_alone_are_the_whole_object(string fields)
    {
        var output = Given.State("\"Type\":\"Pass\"," + fields).Started(Input).Output();
        Assert.StartsWith("{\"Execution\":{\"Id\":\"arn:", output);
        Assert.EndsWith("\"State\":{\"Name\":\"A\",\"EnteredTime\":\"2023-11-14T22:13:20.000Z\"}}", output);
    }

    [Fact]
    public void A37_A_template_of_a_result_reads_it_too() => Assert.Equal(
        """{"n":1,"r":2}""",
        Given.Task("\"ResultSelector\":{\"n.$\":\"$$.Execution.Input.one\",\"r.$\":\"$\"}").Started(Input).Completed("2").Output());

    [Theory]
    [InlineData("MaxConcurrencyPath")]
    [InlineData("ToleratedFailureCountPath")]
    [InlineData("ToleratedFailurePercentagePath")]
    public void A37_Only_the_numbers_of_a_map_are_read_from_the_input_alone(string field) => Assert.Equal(
        $"SCHEMA_VALIDATION_FAILED: Value is not a Reference Path at /States/A/{field}",
        Parsing.Definition.Diagnostics(
            "{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Map\",\"End\":true,\"" + field + "\":\"$$.Execution.Input.n\",\"ItemProcessor\":"
            + "{\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Succeed\"}}}}}}"));
}
