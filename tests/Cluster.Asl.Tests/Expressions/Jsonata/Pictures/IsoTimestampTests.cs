using Cluster.Asl.Expressions.Jsonata.Pictures;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Pictures;

public sealed class IsoTimestampTests
{
    [Theory]
    [InlineData("2020", "2020-01-01T00:00:00.000Z")]
    [InlineData("2020Z", "2020-01-01T00:00:00.000Z")]
    [InlineData("2020-03", "2020-03-01T00:00:00.000Z")]
    [InlineData("2020-02-30", "2020-03-01T00:00:00.000Z")]
    [InlineData("2020-02-03T04:05:06", "2020-02-03T04:05:06.000Z")]
    [InlineData("2020-02-03T04:05:06.7Z", "2020-02-03T04:05:06.700Z")]
    [InlineData("2020-02-03T04:05:06.7899999+0130", "2020-02-03T02:35:06.789Z")]
    [InlineData("2020-02-03T04:05:06-01:30", "2020-02-03T05:35:06.000Z")]
    [InlineData("2020T10:00:00Z", "2020-01-01T10:00:00.000Z")]
    [InlineData("2020-12-31T24:00:00Z", "2021-01-01T00:00:00.000Z")]
    [InlineData("0000", "0000-01-01T00:00:00.000Z")]
    public void A_timestamp_is_read(string text, string iso)
    {
        Assert.True(IsoTimestamp.TryRead(text, out var millis));
        Assert.Equal(iso, DatePictureText.Format(millis, null, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("20")]
    [InlineData(" 2020")]
    [InlineData("2020-13")]
    [InlineData("2020-00")]
    [InlineData("2020-01-32")]
    [InlineData("2020-01-00")]
    [InlineData("2020-01-01-01")]
    [InlineData("2020-01-01T10:00Z")]
    [InlineData("2020-01-01T25:00:00Z")]
    [InlineData("2020-01-01T24:00:01Z")]
    [InlineData("2020-01-01T10:60:00Z")]
    [InlineData("2020-01-01T10:00:60Z")]
    [InlineData("2020-01-01T10:00:00.Z")]
    [InlineData("2020-01-01T10:00:00+24:00")]
    [InlineData("2020-01-01T10:00:00+05:60")]
    [InlineData("2020-01-01T10:00:00+05:00Z")]
    [InlineData("2020-01-01+05:00")]
    [InlineData("2020.5")]
    [InlineData("2020-01-01t10:00:00z")]
    [InlineData("+002020-01-01")]
    public void Anything_else_is_no_timestamp(string text) => Assert.False(IsoTimestamp.TryRead(text, out _));
}
