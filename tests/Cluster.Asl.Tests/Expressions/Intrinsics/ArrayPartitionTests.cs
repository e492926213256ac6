using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class ArrayPartitionTests
{
    [Theory]
    [InlineData("[]", "3", "[]")]
    [InlineData("[1,2,3,4,5,6,7,8,9]", "4", "[[1,2,3,4],[5,6,7,8],[9]]")]
    [InlineData("[1,2]", "2", "[[1,2]]")]
    [InlineData("[1,2]", "99999999999", "[[1,2]]")]
    [InlineData("[1,2,3]", "1.5", "[[1,2],[3]]")]
    [InlineData("[1,[2],null]", "1", "[[1],[[2]],[null]]")]
    public void A102_An_array_is_cut_into_chunks(string array, string size, string expected) =>
        Assert.Equal(expected, Call.Value($"States.ArrayPartition($, {size})", array));

    [Theory]
    [InlineData("$, 0", "Argument 2 of States.ArrayPartition must be a positive integer")]
    [InlineData("$, -1", "Argument 2 of States.ArrayPartition must be a positive integer")]
    [InlineData("$, 0.4", "Argument 2 of States.ArrayPartition must be a positive integer")]
    [InlineData("$, '1'", "Argument 2 of States.ArrayPartition must be a positive integer")]
    [InlineData("'a', 1", "Argument 1 of States.ArrayPartition must be an array")]
    [InlineData("$", "States.ArrayPartition takes 2 arguments, but was called with 1")]
    public void A102_Only_an_array_is_cut_and_only_into_chunks_of_something(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.ArrayPartition({arguments})", "[1]"));
}
