using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class JsonMergeTests
{
    [Theory]
    [InlineData("{}", "{}", "{}")]
    [InlineData("{\"a\":1}", "{}", "{\"a\":1}")]
    [InlineData("{}", "{\"a\":1}", "{\"a\":1}")]
    [InlineData(
        "{\"a\":{\"a1\":1,\"a2\":2},\"b\":2,\"d\":3}", "{\"a\":{\"a3\":1},\"c\":3,\"d\":4}", "{\"a\":{\"a3\":1},\"b\":2,\"d\":4,\"c\":3}")]
    [InlineData("{\"a\":1}", "{\"a\":null}", "{\"a\":null}")]
    public void A105_The_second_object_wins_and_nothing_is_merged_below(string first, string second, string expected) =>
        Assert.Equal(expected, Call.Value("States.JsonMerge($[0], $[1], false)", $"[{first},{second}]"));

    [Theory]
    [InlineData("$, $, true", "Argument 3 of States.JsonMerge must be false: objects are merged at their first level only")]
    [InlineData("$, $, 'false'", "Argument 3 of States.JsonMerge must be false: objects are merged at their first level only")]
    [InlineData("1, 2, true", "Argument 1 of States.JsonMerge must be an object")]
    [InlineData("$, States.Array(), false", "Argument 2 of States.JsonMerge must be an object")]
    [InlineData("$, $", "States.JsonMerge takes 3 arguments, but was called with 2")]
    public void A105_Two_objects_and_false_are_wanted(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.JsonMerge({arguments})"));
}
