using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class ArrayLengthTests
{
    [Theory]
    [InlineData("[]", "0")]
    [InlineData("[1,[2,3],null]", "3")]
    public void A102_The_elements_are_counted(string array, string expected) => Assert.Equal(expected, Call.Value("States.ArrayLength($)", array));

    [Fact]
    public void A102_A_path_that_finds_nothing_gives_an_empty_array() => Assert.Equal("0", Call.Value("States.ArrayLength($.l[*].no)", "{\"l\":[1,2]}"));

    [Theory]
    [InlineData("'abc'", "Argument 1 of States.ArrayLength must be an array")]
    [InlineData("", "States.ArrayLength takes 1 argument, but was called with 0")]
    public void A102_Only_an_array_has_elements(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.ArrayLength({arguments})"));
}
