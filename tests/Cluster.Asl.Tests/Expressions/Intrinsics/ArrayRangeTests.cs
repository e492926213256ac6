using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class ArrayRangeTests
{
    [Theory]
    [InlineData("0, 9, 3", "[0,3,6,9]")]
    [InlineData("0, 10, 3", "[0,3,6,9]")]
    [InlineData("1, 9, 9", "[1]")]
    [InlineData("9, 1, -4", "[9,5,1]")]
    [InlineData("1, 1, 5", "[1]")]
    [InlineData("1, 1, -5", "[1]")]
    [InlineData("1, 5, -1", "[]")]
    [InlineData("5, 1, 1", "[]")]
    [InlineData("0.5, 2.4, 1", "[1,2]")]
    [InlineData("2147483646, 2147483648, 1", "[2147483646,2147483647,2147483648]")]
    [InlineData("1700000000000, 1700000002500, 1000", "[1700000000000,1700000001000,1700000002000]")]
    [InlineData("-9007199254740992, 9007199254740992, 9007199254740992", "[-9007199254740992,0,9007199254740992]")]
    [InlineData("-2147483648, 2147483647, 2147483647", "[-2147483648,-1,2147483646]")]
    [InlineData("2147483647, -2147483648, -2147483648", "[2147483647,-1]")]
    public void A102_A_range_goes_from_the_first_up_to_the_last(string arguments, string expected) =>
        Assert.Equal(expected, Call.Value($"States.ArrayRange({arguments})"));

    [Fact]
    public void A102_A_range_has_at_most_a_thousand_elements()
    {
        Assert.Equal("1000", Call.Value("States.ArrayLength(States.ArrayRange(1, 1000, 1))"));
        Assert.Equal("States.ArrayRange would give 1001 elements, more than 1000", Call.Failure("States.ArrayRange(0, 1000, 1)"));
        Assert.Equal("States.ArrayRange would give 4294967296 elements, more than 1000", Call.Failure("States.ArrayRange(2147483647, -2147483648, -1)"));
    }

    [Theory]
    [InlineData("1, 2, 0", "Argument 3 of States.ArrayRange must be an integer other than zero")]
    [InlineData("1, 2, 0.4", "Argument 3 of States.ArrayRange must be an integer other than zero")]
    [InlineData("'1', 2, 1", "Argument 1 of States.ArrayRange must be an integer")]
    [InlineData("1, 9007199254740993, 1", "Argument 2 of States.ArrayRange must be an integer")]
    [InlineData("1, 2", "States.ArrayRange takes 3 arguments, but was called with 2")]
    public void A102_A_range_wants_three_integers(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.ArrayRange({arguments})"));
}
