using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Expressions.Jsonata.Pictures;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Pictures;

public sealed class NumberPictureTests
{
    [Theory]
    [InlineData(1234.5, "#,##0.00", "1,234.50")]
    [InlineData(-1234.5, "#,##0.00", "-1,234.50")]
    [InlineData(-1234.5, "0.0;(0.0)", "(1234.5)")]
    [InlineData(0, "#", "0")]
    [InlineData(0, "#.#", ".0")]
    [InlineData(0.5, "#", "0")]
    [InlineData(3.5, "0", "4")]
    [InlineData(12, "#,##,000.00", "012.00")]
    [InlineData(1234567.891, "#,##,###.00", "12,34,567.89")]
    [InlineData(1234567, "####,###", "1,234,567")]
    [InlineData(0.1234567, "0.000,000", "0.123,457")]
    [InlineData(0.12, "0.##,##", "0.12")]
    [InlineData(0.555, "0.0%", "55.5%")]
    [InlineData(0.0042, "0.0‰", "4.2‰")]
    [InlineData(0.00012, "0.0e0", "1.2e-4")]
    [InlineData(12345, "##0.0#e00", "1.23e04")]
    [InlineData(1234.5678, "about 00.0e0 m", "about 12.3e2 m")]
    [InlineData(0.1, "0.000000000000000000000000000000", "0.100000000000000005551115123126")]
    [InlineData(1e23, "#,##0", "99,999,999,999,999,991,611,392")]
    [InlineData(double.NaN, "0.0", "NaN")]
    [InlineData(double.NegativeInfinity, "0.0 m", "-Infinity m")]
    public void A_number_is_written_by_its_picture(double value, string picture, string text) =>
        Assert.Equal(text, NumberPictureText.Format(value, NumberPicture.Of(picture, NumberSymbols.Default)));

    [Fact]
    public void Options_replace_the_symbols()
    {
        var german = NumberSymbols.Default.With("decimal-separator", ",").With("grouping-separator", ".").With("minus-sign", "−");
        Assert.Equal("−1.234,50", NumberPictureText.Format(-1234.5, NumberPicture.Of("#.##0,00", german)));
        var arabic = NumberSymbols.Default.With("zero-digit", "٠").With("digit", "*").With("percent", "٪");
        Assert.Equal("١٤٪", NumberPictureText.Format(0.14, NumberPicture.Of("*٠٪", arabic)));
        var others = NumberSymbols.Default.With("exponent-separator", "E").With("pattern-separator", "|").With("unknown", "?");
        Assert.Equal("[1.2E2]", NumberPictureText.Format(-123, NumberPicture.Of("0|[0.0E0]", others)));
        var names = NumberSymbols.Default.With("NaN", "?").With("infinity", "∞").With("per-mille", "pm");
        Assert.Equal("?", NumberPictureText.Format(double.NaN, NumberPicture.Of("0", names)));
        Assert.Equal("∞", NumberPictureText.Format(double.PositiveInfinity, NumberPicture.Of("0", names)));
        Assert.Equal("140pm", NumberPictureText.Format(0.14, NumberPicture.Of("0pm", names)));
    }

    [Theory]
    [InlineData("0;0;0", "D3080")]
    [InlineData("0.0.0", "D3081")]
    [InlineData("0%%", "D3082")]
    [InlineData("0‰‰", "D3083")]
    [InlineData("%0‰", "D3084")]
    [InlineData("", "D3085")]
    [InlineData("0;", "D3085")]
    [InlineData("x", "D3086")]
    [InlineData("0x0", "D3086")]
    [InlineData("0,.0", "D3087")]
    [InlineData("0,", "D3088")]
    [InlineData("0,,0", "D3089")]
    [InlineData("0#", "D3090")]
    [InlineData("0.#0", "D3091")]
    [InlineData("0e0%", "D3092")]
    [InlineData("0e", "D3093")]
    [InlineData("0e#", "D3093")]
    public void A_malformed_picture_is_refused_by_the_last_rule_that_it_breaks(string picture, string code)
    {
        var thrown = Assert.Throws<JsonataException>(() => NumberPicture.Of(picture, NumberSymbols.Default));
        Assert.Equal(code, thrown.Error.Code);
    }
}
