using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>States.Runtime is neither retried nor caught, whatever it comes from.</summary>
public sealed class RuntimeErrorTests
{
    private const string Taken = """
        ,"Retry":[{"ErrorEquals":["States.Runtime"]},{"ErrorEquals":["States.ALL"]}],
        "Catch":[{"ErrorEquals":["States.Runtime","States.TaskFailed"],"Next":"B"},{"ErrorEquals":["States.ALL"],"Next":"B"}]
        """;

    [Theory]
    [InlineData("\"InputPath\":\"$.no\"", "Invalid path '$.no' : No results for path: $['no']")]
    [InlineData("\"Parameters\":{\"p.$\":\"$.no\"}", "The JSONPath '$.no' specified for the field 'p.$' could not be found in the input '{}'")]
    [InlineData("\"TimeoutSecondsPath\":\"$.no\"", "The JSONPath '$.no' specified for the field 'TimeoutSecondsPath' could not be found in the input '{}'")]
    public void A79_What_fails_before_the_call_ends_the_execution(string fields, string cause)
    {
        var given = Given.TaskAndB(fields + Taken).Started();
        Assert.Equal(cause, given.RuntimeCause());
        Assert.Empty(given.Effects);
    }

    [Theory]
    [InlineData("\"ResultSelector\":{\"p.$\":\"$.no\"}", "The JSONPath '$.no' specified for the field 'p.$' could not be found in the input '1'")]
    [InlineData("\"OutputPath\":\"$.no.such\"", "Invalid path '$.no.such' : ")]
    public void A79_What_fails_after_the_call_ends_the_execution_too(string fields, string cause) =>
        Assert.StartsWith(cause, Given.TaskAndB(fields + Taken).Started().Completed("1").RuntimeCause());

    [Theory]
    [InlineData("TimeoutSecondsPath", "{}")]
    [InlineData("TimeoutSecondsPath", "0")]
    [InlineData("TimeoutSecondsPath", "-1")]
    [InlineData("TimeoutSecondsPath", "1.5")]
    [InlineData("HeartbeatSecondsPath", "\"x\"")]
    [InlineData("HeartbeatSecondsPath", "100000000")]
    public void A79_A_time_must_be_a_positive_integer(string field, string value) => Assert.Equal(
        $"The {field} field refers to value \"{value.Trim('"')}\" which is not a valid integer: $.t",
        Given.TaskAndB($"\"{field}\":\"$.t\"" + Taken).Started($$"""{"t":{{value}}}""").RuntimeCause());

    [Fact]
    public void A81_A_document_that_would_be_written_out_endlessly_is_quoted_in_part()
    {
        // Each of the nested arrays stands in the effective input with all that is below it: 500 MB of text.
        var input = $"{new string('[', 900)}\"{new string('x', 200_000)}\"{new string(']', 900)}";
        var given = Given.TaskAndB("\"InputPath\":\"$..*\",\"Parameters\":{\"p.$\":\"$.no\"}" + Taken).Started(input);
        Assert.Equal(Limits.CauseCharacters, given.Failure().Cause!.Length);
        Assert.InRange(given.Events.OfType<StateFailed>().Single().Cause!.Length, 32_768, 33_000);
    }

    [Fact]
    public void A79_The_history_limit_cannot_be_caught()
    {
        var given = Given.TaskAndB("\"ResultPath\":null" + Taken, new Limits { HistoryEvents = 5 }).Started().Failed("E", null);
        Assert.Equal(("States.Runtime", "The execution reached the maximum number of history events (5)."), given.Failure());
    }
}
