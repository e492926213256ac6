using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class ArrayGetItemTests
{
    [Theory]
    [InlineData("0", "1")]
    [InlineData("-0", "1")]
    [InlineData("1", "{\"k\":[]}")]
    [InlineData("2", "null")]
    public void A102_An_index_counts_from_zero(string index, string expected) =>
        Assert.Equal(expected, Call.Value($"States.ArrayGetItem($, {index})", "[1,{\"k\":[]},null]"));

    [Theory]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("18446744073709551616")]
    public void A102_An_index_outside_of_the_array_fails(string index) => Assert.Equal(
        $"The index {index} is out of bounds of an array of 3 elements", Call.Failure($"States.ArrayGetItem($, {index})", "[1,2,3]"));

    [Theory]
    [InlineData("$, 1.5", "Argument 2 of States.ArrayGetItem must be an integer")]
    [InlineData("$, '1'", "Argument 2 of States.ArrayGetItem must be an integer")]
    [InlineData("null, 1", "Argument 1 of States.ArrayGetItem must be an array")]
    [InlineData("$", "States.ArrayGetItem takes 2 arguments, but was called with 1")]
    public void A102_An_array_and_an_integer_are_wanted(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.ArrayGetItem({arguments})", "[1,2,3]"));
}
