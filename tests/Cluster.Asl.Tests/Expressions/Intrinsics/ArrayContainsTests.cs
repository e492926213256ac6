using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class ArrayContainsTests
{
    [Theory]
    [InlineData("[]", "null", "false")]
    [InlineData("[[1,2,3],2]", "null", "false")]
    [InlineData("[[1,2,3],2]", "[1,2,3]", "true")]
    [InlineData("[[1,2,3],2]", "[1,3,2]", "false")]
    [InlineData("[{\"1\":2,\"2\":[]}]", "{\"2\":[],\"1\":2}", "true")]
    [InlineData("[{\"1\":2,\"2\":[]}]", "{\"1\":2}", "false")]
    [InlineData("[true,false]", "false", "true")]
    [InlineData("[\"1\"]", "1", "false")]
    [InlineData("[null]", "null", "true")]
    [InlineData("[1]", "1", "true")]
    [InlineData("[0]", "-0", "true")]
    [InlineData("[123456789012345678901234567890]", "123456789012345678901234567890", "true")]
    public void A102_An_element_is_found_by_its_whole_value(string array, string value, string expected) =>
        Assert.Equal(expected, Call.Value("States.ArrayContains($.l, $.v)", $$"""{"l":{{array}},"v":{{value}}}"""));

    [Theory]
    [InlineData("1", "1.0", "false")]
    [InlineData("10", "1e1", "false")]
    [InlineData("[1]", "[1.0]", "false")]
    [InlineData("1.5", "1.50", "true")]
    [InlineData("1.0", "1e0", "true")]
    public void A102_An_integer_is_no_decimal(string element, string value, string expected) =>
        Assert.Equal(expected, Call.Value("States.ArrayContains($.l, $.v)", $$"""{"l":[{{element}}],"v":{{value}}}"""));

    [Theory]
    [InlineData("'a', 1", "Argument 1 of States.ArrayContains must be an array")]
    [InlineData("$", "States.ArrayContains takes 2 arguments, but was called with 1")]
    public void A102_Only_an_array_is_looked_through(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.ArrayContains({arguments})", "[1]"));
}
