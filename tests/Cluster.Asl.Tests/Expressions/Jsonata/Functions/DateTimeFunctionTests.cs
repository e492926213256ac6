using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Functions;

public sealed class DateTimeFunctionTests
{
    [Theory]
    [InlineData("$millis()", "1582988645006")]
    [InlineData("$now()", "\"2020-02-29T15:04:05.006Z\"")]
    [InlineData("$now('[H01]:[m01] [z]', '-0330')", "\"11:34 GMT-03:30\"")]
    [InlineData("$now() = $fromMillis($millis())", "true")]
    [InlineData("$fromMillis(0, '[FNn]')", "\"Thursday\"")]
    [InlineData("$fromMillis(0, nothing, '+0100')", "\"1970-01-01T01:00:00.000+01:00\"")]
    [InlineData("$fromMillis(nothing)", "undefined")]
    [InlineData("$fromMillis(0, '[Y]', 'Berlin')", "T0410")]
    [InlineData("$fromMillis(1e300)", "D1001")]
    [InlineData("$toMillis('1970-01-01T00:00:01+0000')", "1000")]
    [InlineData("$toMillis('yesterday')", "D3110")]
    [InlineData("$toMillis('2020 1', '[Y] [D]')", "D3136")]
    [InlineData("$toMillis('07:30', '[H01]:[m01]') ~> $fromMillis()", "\"2020-02-29T07:30:00.000Z\"")]
    [InlineData("$toMillis('March', '[D]')", "undefined")]
    [InlineData("$toMillis(nothing)", "undefined")]
    public void Timestamps_become_texts_and_come_back(string expression, string answer) => Assert.Equal(answer, Answers.To(expression));

    [Theory]
    [InlineData(
        "$toMillis('x')", "D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \"x\"")]
    [InlineData("$fromMillis(0, '[q]')", "D3132: Unknown component specifier \"q\" in date/time picture string")]
    [InlineData("$fromMillis(0, '[Y]', 'x')", "T0410: Argument 3 of function \"fromMillis\" does not match function signature")]
    [InlineData("$now('[Y]', 'x')", "T0410: Argument 2 of function \"now\" does not match function signature")]
    public void Refusals_show_what_they_are_about(string expression, string refusal) => Assert.Equal(refusal, Answers.Refusal(expression));
}
