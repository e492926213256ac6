using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class MathAddTests
{
    [Theory]
    [InlineData("-9", "3", "-6")]
    [InlineData("1.49", "1.5", "3")]
    [InlineData("1.5", "1.51", "4")]
    [InlineData("-1.49", "-1.5", "-2")]
    [InlineData("-1.5", "-1.51", "-3")]
    [InlineData("-0.5", "0.5", "1")]
    [InlineData("-2.5", "0", "-2")]
    [InlineData("0.49999999999999994", "0", "0")]
    [InlineData("1e3", "1.0", "1001")]
    [InlineData("2147483647", "2147483647", "4294967294")]
    [InlineData("-2147483648.5", "1", "-2147483647")]
    public void A106_Each_number_is_rounded_half_up_before_they_are_added(string first, string second, string expected) =>
        Assert.Equal(expected, Call.Value($"States.MathAdd($[0], {second})", $"[{first}]"));

    [Theory]
    [InlineData("2147483648, 0", "Argument 1 of States.MathAdd must be an integer of 32 bits")]
    [InlineData("0, -2147483648.6", "Argument 2 of States.MathAdd must be an integer of 32 bits")]
    [InlineData("0, 1e400", "Argument 2 of States.MathAdd must be an integer of 32 bits")]
    [InlineData("99999999999999999999, 0", "Argument 1 of States.MathAdd must be an integer of 32 bits")]
    [InlineData("-1e19, 0", "Argument 1 of States.MathAdd must be an integer of 32 bits")]
    [InlineData("'1', 0", "Argument 1 of States.MathAdd must be an integer of 32 bits")]
    [InlineData("1", "States.MathAdd takes 2 arguments, but was called with 1")]
    public void A106_Two_numbers_of_32_bits_are_wanted(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.MathAdd({arguments})"));
}
