using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Json;

public sealed class JsonNumberTests
{
    private static readonly string FourHundredDigits = new('7', 400);

    public static TheoryData<string, string, int> Pairs => new()
    {
        { "1", "1.0", 0 },
        { "1", "1e0", 0 },
        { "100", "1E+2", 0 },
        { "0.001", "1e-3", 0 },
        { "12.5", "0.125e2", 0 },
        { "0", "-0", 0 },
        { "0", "0.000e99", 0 },
        { "0e999999999999999999999", "0", 0 },
        { "1", "2", -1 },
        { "-1", "1", -1 },
        { "-2", "-1", -1 },
        { "9", "10", -1 },
        { "0.09", "0.1", -1 },
        { "1.05", "1.5", -1 },
        { "-1.05", "-1.5", 1 },
        { "1.5", "1.50001", -1 },
        { "10", "9.99", 1 },
        { "0", "1e-400", -1 },
        { "0", "-1e-400", 1 },
        { "1e400", "9e399", 1 },
        { "1e400", "10e399", 0 },
        { "1e999999999", "1e999999998", 1 },
        { "-1e999999999", "1e-999999999", -1 },
        { "1e99999999999999999999", "1e5", 1 },
        { "1e-99999999999999999999", "1e-5", -1 },
        { "9007199254740993", "9007199254740992", 1 },
        { "9223372036854775807", "9223372036854775808", -1 },
        { FourHundredDigits + "1", FourHundredDigits + "2", -1 },
        { FourHundredDigits + ".0", FourHundredDigits, 0 },
        { "0." + FourHundredDigits, FourHundredDigits + "e-400", 0 },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Numbers_compare_by_their_exact_value(string left, string right, int expected)
    {
        var (l, r) = (new JsonNumber(left), new JsonNumber(right));
        Assert.Equal(expected, JsonNumber.Compare(l, r));
        Assert.Equal(-expected, JsonNumber.Compare(r, l));
        Assert.Equal(expected == 0, l.Equals(r));
        if (expected == 0)
            Assert.Equal(l.GetHashCode(), r.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(PropertyTests.Seeds), MemberType = typeof(PropertyTests))]
    public void Comparison_agrees_with_exact_arithmetic(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var (left, leftValue) = Number(random);
            var (right, rightValue) = Number(random);
            var (l, r) = (new JsonNumber(left), new JsonNumber(right));
            Assert.True(leftValue.CompareTo(rightValue) == JsonNumber.Compare(l, r), $"seed {seed}: {left} and {right}");
            Assert.True(leftValue != rightValue || l.GetHashCode() == r.GetHashCode(), $"seed {seed}: hashes of {left} and {right}");
        }
    }

    [Fact]
    public void Long_numbers_compare_in_linear_time()
    {
        var digits = new string('3', 250_000);
        var (left, right) = (new JsonNumber("0." + digits + "e250000"), new JsonNumber(digits));
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 5; i++)
            Assert.Equal(0, JsonNumber.Compare(left, right));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("0", true, 0L)]
    [InlineData("-0", true, 0L)]
    [InlineData("9223372036854775807", true, long.MaxValue)]
    [InlineData("-9223372036854775808", true, long.MinValue)]
    [InlineData("9223372036854775808", false, 0L)]
    [InlineData("1.0", false, 0L)]
    [InlineData("1e2", false, 0L)]
    public void Only_what_is_written_as_an_integer_is_one(string text, bool isInt64, long expected)
    {
        Assert.Equal(isInt64, new JsonNumber(text).TryGetInt64(out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("12", true)]
    [InlineData("-123456789012345678901234567890", true)]
    [InlineData("1.0", false)]
    [InlineData("1E2", false)]
    public void Integers_have_neither_fraction_nor_exponent(string text, bool isInteger) =>
        Assert.Equal(isInteger, new JsonNumber(text).IsInteger);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(255, "255")]
    [InlineData(-1, "-1")]
    [InlineData(long.MinValue, "-9223372036854775808")]
    public void An_integer_is_written_as_usual(long value, string text) => Assert.Equal(text, JsonNumber.Of(value).Text);

    [Theory]
    [InlineData(0.1)]
    [InlineData(-2.5e-300)]
    [InlineData(1e21)]
    [InlineData(double.MaxValue)]
    public void A_double_comes_back_as_the_same(double value)
    {
        var number = Assert.IsType<JsonNumber>(JsonValue.Parse(JsonNumber.Of(value).Text));
        Assert.Equal(value, number.ToDouble());
    }

    [Fact]
    public void What_JSON_cannot_write_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonNumber.Of(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => JsonNumber.Of(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, new JsonNumber("1e400").ToDouble());
    }

    /// <summary>A number near others of its kind, and its value times 10^12.</summary>
    private static (string Text, BigInteger Value) Number(Random random)
    {
        const int Scale = 12;
        var mantissa = new BigInteger(random.Next(-50, 50)) * BigInteger.Pow(10, random.Next(3));
        var digits = BigInteger.Abs(mantissa).ToString(CultureInfo.InvariantCulture);
        var fraction = random.Next(4);
        var exponent = random.Next(-6, 7);
        digits = digits.PadLeft(fraction + 1, '0');
        var text = fraction == 0 ? digits : $"{digits[..^fraction]}.{digits[^fraction..]}";
        var written = string.Create(CultureInfo.InvariantCulture, $"{(mantissa.Sign < 0 ? "-" : "")}{text}e{exponent}");
        return (written, mantissa * BigInteger.Pow(10, Scale + exponent - fraction));
    }
}
