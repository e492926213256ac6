using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class JsonToStringTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("1.10")]
    [InlineData("true")]
    [InlineData("\"text\"")]
    [InlineData("[1,2,\"a\"]")]
    [InlineData("{\"Arg1\":1,\"Arg2\":[]}")]
    public void A101_A_value_becomes_its_compact_text(string json) => Assert.Equal(
        new JsonString(json).ToString(),
        Call.Value("States.JsonToString($.v)", "{\"v\": " + json.Replace(",", " , ", StringComparison.Ordinal) + "}"));

    [Fact]
    public void A101_Text_and_value_turn_into_each_other() => Assert.Equal(
        "{\"a\":[1]}", Call.Value("States.StringToJson(States.JsonToString($))", "{\"a\":[1]}"));

    [Theory]
    [InlineData("", 0)]
    [InlineData("1, 2", 2)]
    public void A101_One_value_is_written(string arguments, int count) => Assert.Equal(
        $"States.JsonToString takes 1 argument, but was called with {count}", Call.Failure($"States.JsonToString({arguments})"));
}
