using System.Globalization;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class MathRandomTests
{
    [Theory]
    [InlineData("0, 1", 0, 0)]
    [InlineData("12.5, 44.51", 13, 44)]
    [InlineData("-99999, -9999", -99_999, -10_000)]
    [InlineData("-2147483648, 2147483647", int.MinValue, int.MaxValue - 1)]
    public void A106_A_number_lies_from_the_start_up_to_but_not_at_the_end(string arguments, long least, long most)
    {
        for (var seed = 0UL; seed < 300; seed++)
            Assert.InRange(long.Parse(Call.Value($"States.MathRandom({arguments})", seed: seed), CultureInfo.InvariantCulture), least, most);
    }

    [Fact]
    public void A106_Every_number_comes_up() => Assert.Equal(
        ["3", "4", "5", "6"],
        Enumerable.Range(0, 200).Select(seed => Call.Value("States.MathRandom(3, 7)", seed: (ulong)seed)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    [Fact]
    public void A106_Two_calls_in_one_expression_draw_twice_and_the_same_seed_draws_the_same()
    {
        const string call = "States.Array(States.MathRandom(0, 2000000000), States.MathRandom(0, 2000000000))";
        var drawn = (JsonArray)Call.Of(call, JsonValue.Null, seed: 7);
        Assert.NotEqual(drawn[0], drawn[1]);
        Assert.Equal(drawn.ToString(), Call.Value(call, seed: 7));
        Assert.NotEqual(drawn.ToString(), Call.Value(call, seed: 8));
    }

    [Theory]
    [InlineData("0, 100, 42", "30")]
    [InlineData("0, 1000, 42", "130")]
    [InlineData("1, 999, 5", "334")]
    [InlineData("0, 256, 42", "186")]
    [InlineData("0, 100, -7.4", "62")]
    [InlineData("0, 100, 99999999999", "41")]
    [InlineData("0, 1073741825, 0", "516548029")]
    [InlineData("-1500000000, 1500000000, 42", "-1170105035")]
    public void A106_A_seed_gives_the_number_that_Java_gives(string arguments, string expected)
    {
        Assert.Equal(expected, Call.Value($"States.MathRandom({arguments})", seed: 1));
        Assert.Equal(expected, Call.Value($"States.MathRandom({arguments})", seed: 2));
    }

    [Theory]
    [InlineData("1, 1", "Argument 2 of States.MathRandom must be greater than the first")]
    [InlineData("2, 1", "Argument 2 of States.MathRandom must be greater than the first")]
    [InlineData("1, 2147483648", "Argument 2 of States.MathRandom must be an integer of 32 bits")]
    [InlineData("1, 2, 'a'", "Argument 3 of States.MathRandom must be an integer of 64 bits")]
    [InlineData("1", "States.MathRandom takes 2 to 3 arguments, but was called with 1")]
    public void A106_A_start_and_a_greater_end_are_wanted(string arguments, string expected) =>
        Assert.Equal(expected, Call.Failure($"States.MathRandom({arguments})"));
}
