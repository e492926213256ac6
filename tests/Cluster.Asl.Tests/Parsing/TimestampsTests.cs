using Cluster.Asl.Definitions;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

public sealed class TimestampsTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("2016-03-14T01:59:00Z", 1457920740000)]
    [InlineData("2016-03-14T01:59:00.000Z", 1457920740000)]
    [InlineData("2016-03-14T01:59:00.5Z", 1457920740500)]
    [InlineData("2016-03-05T21:29:29.243167252Z", 1457213369244)]
    [InlineData("2016-03-05T21:29:29.2430000000Z", 1457213369243)]
    [InlineData("2016-03-14T03:59:00+02:00", 1457920740000)]
    [InlineData("2016-03-13T20:29:00-05:30", 1457920740000)]
    [InlineData("2016-03-14T01:59:00-00:00", 1457920740000)]
    [InlineData("2000-02-29T00:00:00Z", 951782400000)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("0000-01-01T00:00:00Z", -62167219200000)]
    [InlineData("9999-12-31T23:59:59Z", 253402300799000)]
    public void A_timestamp_is_a_point_in_time_rounded_up_to_milliseconds(string text, long expected)
    {
        Assert.True(Timestamps.TryParseUnixMilliseconds(text, out var milliseconds));
        Assert.Equal(expected, milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2016-03-14")]
    [InlineData("2016-12-05 21:29:29Z")]
    [InlineData("2016-12-05T21:29:29")]
    [InlineData("2016-12-05t21:29:29Z")]
    [InlineData("2016-12-05T21:29:29z")]
    [InlineData("2016-12-05T21:29Z")]
    [InlineData("2016-13-05T21:29:29Z")]
    [InlineData("2016-00-05T21:29:29Z")]
    [InlineData("2016-12-00T21:29:29Z")]
    [InlineData("2016-02-30T21:29:29Z")]
    [InlineData("2015-02-29T21:29:29Z")]
    [InlineData("1900-02-29T21:29:29Z")]
    [InlineData("2016-12-05T24:29:29Z")]
    [InlineData("2016-12-05T21:60:29Z")]
    [InlineData("2016-12-05T21:29:60Z")]
    [InlineData("05-12-2016T21:29:29Z")]
    [InlineData("2016-12-05T21:29:29.Z")]
    [InlineData("2016-12-05T21:29:29,5Z")]
    [InlineData("2016-12-05T21:29:29+0100")]
    [InlineData("2016-12-05T21:29:29+19:00")]
    [InlineData("2016-12-05T21:29:29+01:60")]
    [InlineData("2016-12-05T21:29:29+01:00x")]
    [InlineData("2016-12-05T21:29:29Z ")]
    [InlineData(" 2016-12-05T21:29:29Z")]
    [InlineData("+016-12-05T21:29:29Z")]
    [InlineData("２０１６-12-05T21:29:29Z")]
    [InlineData("{% $now() %}")]
    public void Anything_else_is_no_timestamp(string text) => Assert.False(Timestamps.TryParseUnixMilliseconds(text, out _));
}
