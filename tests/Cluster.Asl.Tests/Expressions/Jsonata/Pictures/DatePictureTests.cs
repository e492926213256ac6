using System.Diagnostics;
using System.Globalization;
using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Expressions.Jsonata.Pictures;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Pictures;

public sealed class DatePictureTests
{
    // Saturday, 29 February 2020, 15:04:05.006.
    private const double LeapDay = 1582988645006;
    private const double Now = LeapDay;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(150);

    [Theory]
    [InlineData(null, "2020-02-29T15:04:05.006Z")]
    [InlineData("", "")]
    [InlineData("[Y]/[M]/[D]", "2020/2/29")]
    [InlineData("[Y01] [Y,2-2] [Y1,*-1] [Y1,6] [YI] [Yw]", "20 20 0 002020 MMXX two thousand and twenty")]
    [InlineData("[M01] [M1o] [MN] [Mn,3] [MNn,*-3] [Mi] [Ma]", "02 2nd FEBRUARY february Feb ii b")]
    [InlineData("[D] [D001] [Dwo] [DWw] [D٠]", "29 029 twenty-ninth Twenty-Nine ٢٩")]
    [InlineData("[d] [F] [FNn,3-3] [F1] [F1o]", "60 saturday Sat 6 6th")]
    [InlineData("[H]:[m]:[s].[f] [h] [P] [PN] [f001]", "15:04:05.6 3 pm PM 006")]
    [InlineData("[X]-W[W01] [x]/[w]", "2020-W09 2/4")]
    [InlineData("[C] [E]", "ISO ISO")]
    [InlineData("[[Y]] [[[ Y ]]]", "[Y] [2020]")]
    public void A_moment_is_written_by_its_picture(string? picture, string text) =>
        Assert.Equal(text, DatePictureText.Format(LeapDay, picture, default));

    [Theory]
    [InlineData("+0530", "[H01]:[m] [Z] [z] [Z0] [Z0000] [Z0000t]", "20:34 +05:30 GMT+05:30 +5:30 +0530 +0530")]
    [InlineData("-0330", "[H01]:[m] [Z] [Z0] [Z01:01t]", "11:34 -03:30 -3:30 -03:30")]
    [InlineData("-08:00", "[H01]:[m] [Z0] [Z000]", "07:04 -8 -800")]
    [InlineData("Z", "[Z] [Z00t] [z0]", "+00:00 Z GMT+0")]
    public void A_place_has_its_clock(string zone, string picture, string text)
    {
        Assert.True(TimeZoneOffset.TryRead(zone, out var offset));
        Assert.Equal(text, DatePictureText.Format(LeapDay, picture, offset));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("+")]
    [InlineData("5:3")]
    [InlineData("12345")]
    [InlineData("1:234")]
    [InlineData("+05:30 ")]
    public void Other_texts_are_no_place(string zone) => Assert.False(TimeZoneOffset.TryRead(zone, out _));

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00.000Z")]
    [InlineData(-1.9, "1969-12-31T23:59:59.999Z")]
    [InlineData(-62167219200000, "0000-01-01T00:00:00.000Z")]
    [InlineData(-62167219200001, "-0001-12-31T23:59:59.999Z")]
    [InlineData(253402300799999, "9999-12-31T23:59:59.999Z")]
    public void Moments_far_away_are_written(double millis, string text) => Assert.Equal(text, DatePictureText.Format(millis, null, default));

    [Fact]
    public void The_calendar_agrees_with_that_of_the_platform()
    {
        for (var day = -719_162L; day < 2_932_896; day += 997)
        {
            var expected = DateTime.UnixEpoch.AddDays(day);
            var time = new CivilTime(day * CivilTime.MillisPerDay);
            Assert.Equal((expected.Year, expected.Month, expected.Day), (time.Year, time.Month, time.Day));
            Assert.Equal(expected.DayOfYear, time.DayOfYear);
            Assert.Equal(expected.DayOfWeek, (DayOfWeek)(time.DayOfWeek % 7));
            Assert.Equal((ISOWeek.GetYear(expected), ISOWeek.GetWeekOfYear(expected)), (time.Thursday.Year, time.WeekOfYear));
            Assert.Equal(day, CivilTime.Days(time.Year, time.Month - 1, time.Day));
        }

        var first = new CivilTime(-CivilTime.MaxMillis);
        Assert.Equal((-271_821, 4, 20), (first.Year, first.Month, first.Day));
        var last = new CivilTime(CivilTime.MaxMillis);
        Assert.Equal((275_760, 9, 13), (last.Year, last.Month, last.Day));
    }

    [Theory]
    [InlineData("2020-02-29", "[Y]-[M]-[D]", "2020-02-29T00:00:00.000Z")]
    [InlineData("20200229150405006", "[Y0001][M01][D01][H01][m01][s01][f001]", "2020-02-29T15:04:05.006Z")]
    [InlineData("29th february 2020", "[D1o] [MNn] [Y]", "2020-02-29T00:00:00.000Z")]
    [InlineData("Feb 2020", "[MNn,3-3] [Y]", "2020-02-01T00:00:00.000Z")]
    [InlineData("60 in 2020", "in [Y]", null)]
    [InlineData("60 IN 2020, 5", "[d] in [Y], [H]", "2020-02-29T05:00:00.000Z")]
    [InlineData("two thousand and twenty and two", "[Yw] and [Mw]", "2020-02-01T00:00:00.000Z")]
    [InlineData("mmxx.ii", "[YI].[Mi]", "2020-02-01T00:00:00.000Z")]
    [InlineData("٢٠٢٠", "[Y٠]", "2020-01-01T00:00:00.000Z")]
    [InlineData("2,020", "[Y9,999,*]", "2020-01-01T00:00:00.000Z")]
    [InlineData("99", "[Y]", "1999-01-01T00:00:00.000Z")]
    [InlineData("0099", "[Y0001]", "0099-01-01T00:00:00.000Z")]
    [InlineData("2020-14-32", "[Y]-[M]-[D]", "2021-03-04T00:00:00.000Z")]
    [InlineData("12 am", "[h] [P]", "2020-02-29T00:00:00.000Z")]
    [InlineData("12:30 PM", "[h]:[m] [PN]", "2020-02-29T12:30:00.000Z")]
    [InlineData("5", "[D]", "2020-02-05T00:00:00.000Z")]
    [InlineData("2020+05:30", "[Y][Z]", "2019-12-31T18:30:00.000Z")]
    [InlineData("2020-0530", "[Y][Z0000]", "2020-01-01T05:30:00.000Z")]
    [InlineData("2020GMT-5", "[Y][z0]", "2020-01-01T05:00:00.000Z")]
    [InlineData("2020Z", "[Y][Z01:01t]", "2020-01-01T00:00:00.000Z")]
    [InlineData("Monday 2020", "[FNn] [Y]", "2020-01-01T00:00:00.000Z")]
    [InlineData("2020x", "[Y]", null)]
    [InlineData("x", "x", null)]
    [InlineData("", "[Y]", null)]
    [InlineData("-5", "[Y]", null)]
    public void A_moment_is_read_by_its_picture(string text, string picture, string? iso)
    {
        var millis = DatePictureReading.Read(text, picture, Now, out _);
        Assert.Equal(iso, millis is null ? null : DatePictureText.Format(millis.Value, null, default));
    }

    [Fact]
    public void A_date_too_far_away_is_no_number() => Assert.Equal(double.NaN, DatePictureReading.Read("275760-09-14", "[Y]-[M]-[D]", Now, out _));

    [Theory]
    [InlineData("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]")]
    [InlineData("[D1o] [MNn] [Y0001] [h]:[m]:[s].[f] [PN] [z]")]
    [InlineData("[DWwo] [MN,3-3], [YWw], [Hi] [ma] [sA] [fw]")]
    [InlineData("[Y0001][d001][H01][m01][s01][f001][Z0000]")]
    public void What_a_picture_writes_it_reads(string picture)
    {
        for (var millis = -45e12; millis < 2e14; millis += 1_000_000_000_123_457)
            RoundTrip(picture, millis + (1000 * CivilTime.MillisPerDay));
        for (var millis = 1e12; millis < 3e12; millis += 12_345_678_901)
            RoundTrip(picture, millis);
    }

    private static void RoundTrip(string picture, double millis)
    {
        // An hour and a minute that are one, since letters and Roman numerals have no zero.
        millis = (Math.Floor(millis / CivilTime.MillisPerDay) * CivilTime.MillisPerDay) + 3_661_001;
        var text = DatePictureText.Format(millis, picture, new TimeZoneOffset(0));
        Assert.Equal(millis, DatePictureReading.Read(text, picture, Now, out _));
    }

    [Theory]
    [InlineData("[Y", "D3135")]
    [InlineData("[]", "D3132")]
    [InlineData("[q]", "D3132")]
    [InlineData("[q1]", "D3132")]
    [InlineData("[Y,a]", "D3132")]
    [InlineData("[YN]", "D3133")]
    [InlineData("[Y#]", "D3130")]
    [InlineData("[Y0٠]", "D3131")]
    [InlineData("[Z010101]", "D3134")]
    public void A_picture_that_cannot_be_written_is_refused(string picture, string code)
    {
        var thrown = Assert.Throws<JsonataException>(() => DatePictureText.Format(0, picture, default));
        Assert.Equal(code, thrown.Error.Code);
    }

    [Theory]
    [InlineData("2020-5", "[Y]-[D]", "D3136")]
    [InlineData("2020-5", "[X]-[W]", "D3136")]
    [InlineData("2020-1-1 5", "[Y]-[M]-[D] [h]", "D3136")]
    [InlineData("Foo 2020", "[MNn] [Y]", "D3136")]
    [InlineData("ISO", "[C]", "D3133")]
    [InlineData("x", "[M", "D3135")]
    public void A_picture_that_leaves_a_gap_is_refused(string text, string picture, string code)
    {
        var thrown = Assert.Throws<JsonataException>(() => DatePictureReading.Read(text, picture, Now, out _));
        Assert.Equal(code, thrown.Error.Code);
    }

    [Fact]
    public void No_date_is_further_than_a_hundred_million_days()
    {
        Assert.Equal("5760", DatePictureText.Format(CivilTime.MaxMillis, "[Y0001]", default));
        Assert.Throws<JsonataException>(() => DatePictureText.Format(CivilTime.MaxMillis + 1, null, default));
        Assert.Throws<JsonataException>(() => DatePictureText.Format(double.NaN, null, default));
    }

    [Theory]
    [InlineData("a", 4000, "[MNn]", 800)]
    [InlineData("one ", 1000, "[Yw] [Mw] [Dw] [Hw] ", 200)]
    [InlineData("1", 4000, "[Y][M][D]", 400)]
    [InlineData("m", 4000, "[YI][MI]", 500)]
    [InlineData("one-and ", 500, "[Yw] and [Mw]", 300)]
    [InlineData("1,", 2000, "[Y9,9][M9,9]", 300)]
    public void No_picture_takes_long(string text, int texts, string picture, int pictures)
    {
        var longText = string.Concat(Enumerable.Repeat(text, texts)) + "!";
        var longPicture = string.Concat(Enumerable.Repeat(picture, pictures));
        _ = Record.Exception(() => DatePictureReading.Read(longText, longPicture, Now, out _));
        var watch = Stopwatch.StartNew();
        var thrown = Record.Exception(() => Assert.Null(DatePictureReading.Read(longText, longPicture, Now, out _)));
        Assert.True(thrown is null or JsonataException, thrown?.ToString());
        Assert.True(watch.Elapsed < Patience, watch.Elapsed.ToString());
    }
}
