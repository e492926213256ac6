using System.Globalization;
using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class WaitTests
{
    private const long Day = 24L * 60 * 60;

    [Theory]
    [InlineData("\"Seconds\":7", "{}", 7000)]
    [InlineData("\"Seconds\":0", "{}", 0)]
    [InlineData("\"SecondsPath\":\"$.s\"", "{\"s\":7}", 7000)]
    [InlineData("\"SecondsPath\":\"$.s\"", "{\"s\":0}", 0)]
    [InlineData("\"Timestamp\":\"2023-11-14T22:13:25Z\"", "{}", 5000)]
    [InlineData("\"TimestampPath\":\"$.t\"", "{\"t\":\"2023-11-14T22:13:25.5Z\"}", 5500)]
    [InlineData("\"TimestampPath\":\"$.t\"", "{\"t\":\"2023-11-14T23:13:25+01:00\"}", 5000)]
    public void A14_A_wait_ends_at_its_time_and_not_a_millisecond_before(string fields, string input, long milliseconds)
    {
        var given = Given.State("\"Type\":\"Wait\"," + fields).Started(input);
        if (milliseconds > 0)
        {
            Assert.Equal(Given.StartTime + milliseconds, given.Execution.WakeAt);
            Assert.Equal(ScopePhase.Waiting, given.Scope.Phase);
            Assert.Empty(given.AfterMilliseconds(milliseconds - 1).Last.Events);
            given.AfterMilliseconds(1);
        }

        Assert.Equal(input, given.Output());
        Assert.Equal(Given.StartTime + milliseconds, given.Execution.StoppedAt);
        Assert.Equal(["ExecutionStarted", "WaitStateEntered A", "WaitStateExited A", "ExecutionSucceeded"], given.Names());
    }

    [Theory]
    [InlineData("\"Timestamp\":\"2016-03-14T01:59:00Z\"")]
    [InlineData("\"Timestamp\":\"2023-11-14T22:13:20Z\"")]
    [InlineData("\"TimestampPath\":\"$.t\"")]
    public void A14_A_time_in_the_past_is_waited_for_not_at_all(string fields)
    {
        var given = Given.State("\"Type\":\"Wait\"," + fields).Started("""{"t":"1970-01-01T00:00:00Z"}""");
        Assert.Equal(ExecutionState.Succeeded, given.Execution.State);
        Assert.Equal(Given.StartTime, given.Execution.StoppedAt);
    }

    [Theory]
    [InlineData("-1", "The SecondsPath parameter references a negative value: $.p == -1")]
    [InlineData("1.5", "The SecondsPath parameter cannot be parsed as a long value: $.p == 1.5")]
    [InlineData("\"x\"", "The SecondsPath parameter cannot be parsed as a long value: $.p == x")]
    [InlineData("1e400", "The SecondsPath parameter cannot be parsed as a long value: $.p == 1e400")]
    [InlineData("99999999999999999999", "The SecondsPath parameter cannot be parsed as a long value: $.p == 99999999999999999999")]
    [InlineData("9223372036854775807", "Wait state delay is too long.")]
    public void A14_SecondsPath_must_lead_to_whole_seconds(string value, string cause) =>
        Assert.Equal(cause, Given.State("\"Type\":\"Wait\",\"SecondsPath\":\"$.p\"").Started($$"""{"p":{{value}}}""").RuntimeCause());

    [Theory]
    [InlineData("\"x\"", "x")]
    [InlineData("1", "1")]
    [InlineData("\"2023-11-14\"", "2023-11-14")]
    [InlineData("\"2023-11-14T22:13:25\"", "2023-11-14T22:13:25")]
    public void A14_TimestampPath_must_lead_to_a_time(string value, string shown) => Assert.Equal(
        $"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.p == {shown}",
        Given.State("\"Type\":\"Wait\",\"TimestampPath\":\"$.p\"").Started($$"""{"p":{{value}}}""").RuntimeCause());

    [Theory]
    [InlineData("SecondsPath")]
    [InlineData("TimestampPath")]
    public void A14_A_path_that_leads_nowhere_fails(string field) => Assert.Equal(
        $"The JSONPath '$.no' specified for the field '{field}' could not be found in the input '{{}}'",
        Given.State($"\"Type\":\"Wait\",\"{field}\":\"$.no\"").Started().RuntimeCause());

    [Theory]
    [InlineData(24_855, true)]
    [InlineData(24_856, false)]
    public void A14_A_wait_of_more_than_24_855_days_is_too_long(long days, bool taken)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Given.StartTime).AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var input = $$"""{"s":{{days * Day}},"t":"{{at}}"}""";
        foreach (var field in (string[])["\"SecondsPath\":\"$.s\"", "\"TimestampPath\":\"$.t\"", $"\"Timestamp\":\"{at}\""])
        {
            var given = Given.State("\"Type\":\"Wait\"," + field).Started(input);
            if (taken)
                Assert.Equal(Given.StartTime + (days * Day * 1000), given.Execution.WakeAt);
            else
                Assert.Equal("Wait state delay is too long.", given.RuntimeCause());
        }
    }

    [Fact]
    public void A14_A_wait_that_is_woken_late_ends_when_it_is_woken()
    {
        var given = Given.State("\"Type\":\"Wait\",\"Seconds\":1").Started().After(60);
        Assert.Equal(Given.StartTime + 60_000, given.Execution.StoppedAt);
    }

    [Fact]
    public void A14_InputPath_and_OutputPath_choose_what_a_wait_reads_and_puts_out()
    {
        var given = Given.State("\"Type\":\"Wait\",\"InputPath\":\"$.a\",\"SecondsPath\":\"$.s\",\"OutputPath\":\"$.o\"")
            .Started("""{"a":{"s":1,"o":"out"}}""").After(1);
        Assert.Equal("\"out\"", given.Output());
    }
}
