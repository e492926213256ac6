using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Expressions.Jsonata.Pictures;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Pictures;

public sealed class IntegerPictureTests
{
    private static readonly string[] ReadablePictures =
        ["0", "000", "#,##0", "##,##,##0", "#:##0", "0;o", "٠٠", "０,０００", "i", "I", "a", "A", "w", "W", "Ww", "w;o", "Ww;o"];

    [Theory]
    [InlineData(7, "00", "07")]
    [InlineData(-1.5, "0", "-2")]
    [InlineData(1234567, "#:##0", "1:234:567")]
    [InlineData(12, "##,##,##0", "12")]
    [InlineData(1234567, "##,##,##0", "12,34,567")]
    [InlineData(5, "0,000", "0,005")]
    [InlineData(1e21, "#,##0", "1,000,000,000,000,000,000,000")]
    [InlineData(1984, "٠", "١٩٨٤")]
    [InlineData(1, "0;o", "1st")]
    [InlineData(22, "0;o", "22nd")]
    [InlineData(103, "0;o", "103rd")]
    [InlineData(112, "0;o", "112th")]
    [InlineData(0, "i", "")]
    [InlineData(2419, "I", "MMCDXIX")]
    [InlineData(0, "a", "")]
    [InlineData(702, "a", "zz")]
    [InlineData(703, "A", "AAA")]
    [InlineData(0, "w", "zero")]
    [InlineData(-5, "w", "-five")]
    [InlineData(1001, "w", "one thousand and one")]
    [InlineData(120, "Ww", "One Hundred and Twenty")]
    [InlineData(1100000, "W", "ONE MILLION, ONE HUNDRED THOUSAND")]
    [InlineData(90, "w;o", "ninetieth")]
    [InlineData(1000, "Ww;o", "One Thousandth")]
    [InlineData(2e15, "w", "two thousand trillion")]
    public void An_integer_is_written_by_its_picture(double value, string picture, string text) =>
        Assert.Equal(text, IntegerText.Format(value, IntegerPicture.Of(picture)));

    [Theory]
    [InlineData(" -12abc", "0", -12)]
    [InlineData("1:234:567", "#:##0", 1234567)]
    [InlineData("１２", "０", 12)]
    [InlineData("five million and six", "w", 5000006)]
    [InlineData("Nineteen Hundred and Eighty-Four", "w", 1984)]
    [InlineData("mcmlxxxiv", "I", 1984)]
    [InlineData("aB", "a", 28)]
    [InlineData("", "w", double.NaN)]
    [InlineData("", "0", double.NaN)]
    [InlineData("twenty  five", "w", double.NaN)]
    [InlineData("twenty and", "w", double.NaN)]
    [InlineData("mx!", "i", double.NaN)]
    [InlineData("a1", "a", double.NaN)]
    [InlineData("12", "０", double.NaN)]
    public void An_integer_is_read_by_its_picture(string text, string picture, double value) =>
        Assert.Equal(value, IntegerReading.Read(text, IntegerPicture.Of(picture)));

    [Fact]
    public void What_a_picture_writes_it_reads()
    {
        foreach (var picture in ReadablePictures)
        {
            for (var value = 1.0; value < 3_000_000; value = Math.Floor(value * 1.7) + 1)
            {
                var compiled = IntegerPicture.Of(picture);
                Assert.Equal(value, IntegerReading.Read(IntegerText.Format(value, compiled), compiled));
            }
        }
    }

    [Theory]
    [InlineData("", "D3130")]
    [InlineData("#", "D3130")]
    [InlineData("α", "D3130")]
    [InlineData("0٠", "D3131")]
    public void A_picture_that_names_no_numerals_is_refused(string picture, string code)
    {
        var thrown = Assert.Throws<JsonataException>(() => IntegerText.Format(1, IntegerPicture.Of(picture)));
        Assert.Equal(code, thrown.Error.Code);
    }

    [Fact]
    public void A_thousand_letters_for_a_million_are_enough()
    {
        Assert.Equal(4000, IntegerText.Format(PictureLimits.MaxRoman, IntegerPicture.Of("I")).Length);
        Assert.Throws<JsonataException>(() => IntegerText.Format(PictureLimits.MaxRoman + 1, IntegerPicture.Of("I")));
    }

    [Fact]
    public void The_largest_double_has_words()
    {
        var text = IntegerText.Format(double.MaxValue, IntegerPicture.Of("w"));
        Assert.StartsWith("one hundred", text, StringComparison.Ordinal);
        Assert.EndsWith("trillion", text, StringComparison.Ordinal);
    }
}
