using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class StringToJsonTests
{
    [Theory]
    [InlineData("", "null")]
    [InlineData(" ", "null")]
    [InlineData("null", "null")]
    [InlineData("-0", "0")]
    [InlineData("1.1", "1.1")]
    [InlineData("true", "true")]
    [InlineData("\\\"x\\\"", "\"x\"")]
    [InlineData(" [1, 2, \\\"a\\\"] ", "[1,2,\"a\"]")]
    [InlineData("{\\\"a\\\": {\\\"b\\\": []}}", "{\"a\":{\"b\":[]}}")]
    public void A101_A_text_of_JSON_becomes_its_value_and_a_blank_one_null(string text, string expected) =>
        Assert.Equal(expected, Call.Value("States.StringToJson($.s)", "{\"s\":\"" + text + "\"}"));

    [Theory]
    [InlineData("States.StringToJson('{\"a\": [1]}')", "{\"a\":[1]}")]
    [InlineData("States.StringToJson('\\{\"a\": \"it\\'s\"\\}')", "{\"a\":\"it's\"}")]
    public void A101_A_literal_may_hold_braces(string call, string expected) => Assert.Equal(expected, Call.Value(call));

    [Theory]
    [InlineData("'{'")]
    [InlineData("'1 2'")]
    [InlineData("'abc'")]
    public void A101_A_text_that_is_no_JSON_fails(string argument) => Assert.StartsWith(
        "Argument 1 of States.StringToJson is not JSON: ", Call.Failure($"States.StringToJson({argument})"), StringComparison.Ordinal);

    [Theory]
    [InlineData("1", "Argument 1 of States.StringToJson must be a string")]
    [InlineData("'1', '2'", "States.StringToJson takes 1 argument, but was called with 2")]
    public void A101_Only_a_text_can_be_read(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.StringToJson({arguments})"));

    [Fact]
    public void A101_A_text_that_nests_too_deep_fails() => Assert.StartsWith(
        "Argument 1 of States.StringToJson is not JSON: ",
        Call.Failure("States.StringToJson($)", "\"" + new string('[', 5000) + "\""),
        StringComparison.Ordinal);
}
