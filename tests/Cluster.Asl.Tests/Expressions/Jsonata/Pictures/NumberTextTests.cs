using System.Globalization;
using Cluster.Asl.Expressions.Jsonata.Pictures;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Pictures;

public sealed class NumberTextTests
{
    private const ulong Seed = 20_261_121;
    private const int Numbers = 20_000;

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(123456789012345680000.0, "123456789012345680000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.5e300, "-1.5e+300")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000001, "1e-7")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(9007199254740993.0, "9007199254740992")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_is_written_as_ECMAScript_writes_it(double value, string text) => Assert.Equal(text, ScriptNumber.Text(value));

    [Theory]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(1.0 / 3, "0.333333333333333")]
    [InlineData(123456789.123456789, "123456789.123457")]
    [InlineData(382641081119702.5, "382641081119703")]
    [InlineData(-377357554418622.5, "-377357554418623")]
    [InlineData(123456789012345678.0, "123456789012345680")]
    [InlineData(1e-100, "1e-100")]
    public void A_cast_hides_what_binary_arithmetic_leaves_behind_the_fifteenth_digit(double value, string text) =>
        Assert.Equal(text, NumberCast.Text(value));

    [Fact]
    public void Every_number_reads_back_from_its_text()
    {
        var chance = Seed;
        for (var i = 0; i < Numbers; i++)
        {
            chance = unchecked((chance * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407);
            var value = BitConverter.UInt64BitsToDouble(chance);
            if (double.IsFinite(value))
                Assert.Equal(value, double.Parse(ScriptNumber.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData("-0", 0)]
    [InlineData("0012.50", 12.5)]
    [InlineData("1E+3", 1000)]
    [InlineData("0xFF", 255)]
    [InlineData("0X1fffffffffffffffffffffff", 9.903520314283042e+27)]
    [InlineData("0o17", 15)]
    [InlineData("0b100000000000000000000000000000000000000000000000000001", 9007199254740993.0)]
    [InlineData("0b10000000000000000000000000000000000000000000000000000110", 36028797018963974.0)]
    public void A_text_is_read_as_a_number(string text, double value)
    {
        Assert.True(NumberText.TryRead(text, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("1e400")]
    [InlineData("Infinity")]
    [InlineData("0x")]
    [InlineData("-0x10")]
    [InlineData("0b12")]
    [InlineData("0o8")]
    [InlineData("0xg")]
    [InlineData("1_000")]
    [InlineData("١")]
    public void Any_other_text_is_no_number(string text) => Assert.False(NumberText.TryRead(text, out _));

    [Theory]
    [InlineData(4.5, 0, 4)]
    [InlineData(5.5, 0, 6)]
    [InlineData(-2.5, 0, -2)]
    [InlineData(1.005, 2, 1.0)]
    [InlineData(2.675, 2, 2.68)]
    [InlineData(1550, -2, 1600)]
    [InlineData(1650, -2, 1600)]
    [InlineData(1e-7, 7, 1e-7)]
    [InlineData(1e300, 5, 1e300)]
    [InlineData(12345.678, -400, 0)]
    [InlineData(12345.678, 400, 12345.678)]
    public void Halves_are_rounded_to_even_in_the_digits_that_are_written(double value, int places, double rounded) =>
        Assert.Equal(rounded, Rounding.ToEven(value, places));

    [Fact]
    public void Nothing_is_rounded_to_negative_zero() => Assert.Equal(0L, BitConverter.DoubleToInt64Bits(Rounding.ToEven(-0.4, 0)));

    [Theory]
    [InlineData(255, 16, "ff")]
    [InlineData(-255, 2, "-11111111")]
    [InlineData(0, 36, "0")]
    [InlineData(-0.4, 2, "0")]
    [InlineData(1e21, 10, "1e+21")]
    [InlineData(1e21, 16, "3635c9adc5dea00000")]
    [InlineData(11620720580245103000.0, 36, "2gae9nbxfvr40")]
    [InlineData(-9.685147941158643e+16, 25, "-1ffe0l9gigd77")]
    public void An_integer_is_written_in_other_number_systems(double value, int radix, string text) =>
        Assert.Equal(text, RadixText.Format(value, radix));
}
