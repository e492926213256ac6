using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Functions;

public sealed class NumericFunctionTests
{
    [Theory]
    [InlineData("$number('0x1F') + $number(' 1')", "D3030")]
    [InlineData("$number('0x1F')", "31")]
    [InlineData("$number(true) + $number('-1e-1')", "0.9")]
    [InlineData("$number(7)", "7")]
    [InlineData("$number(nothing)", "undefined")]
    [InlineData("$number(null)", "T0410")]
    [InlineData("$abs(-2.5)", "2.5")]
    [InlineData("$ceil(-0.5)", "0")]
    [InlineData("$floor(-0.5)", "-1")]
    [InlineData("$round(0.125, 2)", "0.12")]
    [InlineData("$round(-0.4)", "0")]
    [InlineData("$round(15, -1)", "20")]
    [InlineData("$round(1.23, 1e300)", "1.23")]
    [InlineData("$sqrt(2)", "1.4142135623730951")]
    [InlineData("$sqrt(-1)", "D3060")]
    [InlineData("$power(2, 10)", "1024")]
    [InlineData("$power(0, -1)", "D3061")]
    [InlineData("$power(2, 1024)", "D3061")]
    [InlineData("$power(nothing, 2)", "undefined")]
    public void Numbers_are_made_of_numbers(string expression, string answer) => Assert.Equal(answer, Answers.To(expression));

    [Theory]
    [InlineData("$formatNumber(1234.5, '#,##0.00')", "\"1,234.50\"")]
    [InlineData("$formatNumber(-1.5, '0,0', {'decimal-separator': ',', 'minus-sign': '~'})", "\"~1,5\"")]
    [InlineData("$formatNumber(1, '0', {'minus-sign': 5})", "\"1\"")]
    [InlineData("$formatNumber(1, '0,')", "D3088")]
    [InlineData("$formatNumber(nothing, '0')", "undefined")]
    [InlineData("$formatBase(255, 16)", "\"ff\"")]
    [InlineData("$formatBase(3.5)", "\"4\"")]
    [InlineData("$formatBase(1, 36.6)", "D3100")]
    [InlineData("$formatBase(1/0, 2)", "\"Infinity\"")]
    [InlineData("$formatInteger(21, 'Ww;o')", "\"Twenty-First\"")]
    [InlineData("$formatInteger(1, 'x')", "D3130")]
    [InlineData("$parseInteger('twenty-first', 'w;o')", "21")]
    [InlineData("$parseInteger('1', '0٠')", "D3131")]
    public void Numbers_become_texts_and_come_back(string expression, string answer) => Assert.Equal(answer, Answers.To(expression));

    [Theory]
    [InlineData("$number('x')", "D3030: Unable to cast value to a number: \"x\"")]
    [InlineData("$sqrt(-2)", "D3060: The sqrt function cannot be applied to a negative number: -2")]
    [InlineData("$formatBase(5, 1)", "D3100: The radix of the formatBase function must be between 2 and 36.  It was given 1")]
    [InlineData(
        "$power(-8, 1/3)",
        "D3061: The power function has resulted in a value that cannot be represented as a JSON number: base=-8, exponent=0.3333333333333333")]
    [InlineData(
        "$formatInteger(1, 'q')",
        "D3130: Formatting or parsing an integer as a sequence starting with \"q\" is not supported by this implementation")]
    public void Refusals_show_what_they_are_about(string expression, string refusal) => Assert.Equal(refusal, Answers.Refusal(expression));

    [Fact]
    public void Chance_is_a_fraction_that_follows_from_the_seed()
    {
        var first = Answers.To("[$random(), $random()]", seed: 5);
        Assert.Equal(first, Answers.To("[$random(), $random()]", seed: 5));
        Assert.NotEqual(first, Answers.To("[$random(), $random()]", seed: 6));
        Assert.Equal("true", Answers.To("($r := $random(); $r >= 0 and $r < 1 and $r != $random())"));
    }
}
