using System.Buffers;
using System.Text;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Json;

public sealed class JsonWriterTests
{
    public static TheoryData<string> Values =>
    [
        "null", "true", "false", "0", "-1.50e+10", "\"\"", "[]", "{}", "[1,[2,[]],{}]", "{\"a\":{\"b\":[null,\"x\"]},\"\":1}",
        "\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001F/\"", "\"ß東😀\\uD800\\uDC00x\"", "\"\\uDC00\\uD800\"",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void The_length_is_known_without_writing(string text)
    {
        var value = JsonValue.Parse(text);
        Assert.Equal(JsonWriter.ToUtf8(value).Length, JsonWriter.Utf8Length(value));
        Assert.Equal(Encoding.UTF8.GetString(JsonWriter.ToUtf8(value)), JsonWriter.ToText(value));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_destination_gets_the_same_bytes(string text)
    {
        var value = JsonValue.Parse(text);
        var destination = new ArrayBufferWriter<byte>();
        destination.Write("before "u8);
        JsonWriter.Write(value, destination);
        Assert.Equal("before " + JsonWriter.ToText(value), Encoding.UTF8.GetString(destination.WrittenSpan));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_limit_takes_a_text_that_is_as_long_and_refuses_one_that_is_longer(string text)
    {
        var value = JsonValue.Parse(text);
        var whole = JsonWriter.ToUtf8(value);
        Assert.Equal(whole, JsonWriter.ToUtf8(value, whole.Length));
        for (var limit = 0; limit < whole.Length; limit++)
            Assert.Null(JsonWriter.ToUtf8(value, limit));
    }

    [Fact]
    public void A_text_far_beyond_its_limit_is_not_written()
    {
        // 2^60 strings, all the same one.
        JsonValue value = new JsonString(new string('\u0001', 10_000));
        for (var i = 0; i < 60; i++)
            value = new JsonArray([value, value]);
        Assert.Null(JsonWriter.ToUtf8(value, 262_144));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('é')]
    [InlineData('東')]
    [InlineData('\n')]
    [InlineData('\ud800')]
    [InlineData('\udc00')]
    public void Long_strings_are_whole_wherever_a_pair_or_an_escape_falls(char before)
    {
        for (var length = 4090; length < 4102; length++)
        {
            var text = new string('a', length) + before + "😀" + new string('b', 5000);
            var value = new JsonString(text);
            var written = JsonWriter.ToUtf8(value);
            Assert.Equal(value, JsonValue.Parse(Encoding.UTF8.GetString(written)));
            Assert.Equal(written.Length, JsonWriter.Utf8Length(value));
        }
    }

    [Fact]
    public void Writing_to_a_destination_allocates_nothing()
    {
        var value = JsonValue.Parse("{\"orders\":[{\"id\":17,\"name\":\"Zürich \\\"x\\\"\",\"paid\":true,\"tags\":[]}]}");
        var destination = new ArrayBufferWriter<byte>(4096);
        JsonWriter.Write(value, destination);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            destination.ResetWrittenCount();
            JsonWriter.Write(value, destination);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Counting_ends_at_the_limit_however_large_the_text_would_be()
    {
        // Each level names the one below twice: 2^60 characters of text.
        JsonValue value = new JsonString("x");
        for (var i = 0; i < 60; i++)
            value = new JsonArray([value, value]);
        Assert.InRange(JsonWriter.Utf8Length(value, 262_144), 262_145, long.MaxValue);
    }

    [Fact]
    public void A_value_as_deep_as_can_be_is_written_compared_and_hashed()
    {
        var text = string.Concat(Enumerable.Repeat("{\"a\":[", 500)) + string.Concat(Enumerable.Repeat("]}", 500));
        var value = JsonValue.Parse(text);
        Assert.Equal(text, value.ToString());
        Assert.Equal(1000, value.Depth);
        Assert.Equal(value, JsonValue.Parse(text));
        Assert.Equal(value.GetHashCode(), JsonValue.Parse(text).GetHashCode());
    }

    [Theory]
    [InlineData("{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1e0}", true)]
    [InlineData("{\"a\":1}", "{\"a\":1,\"b\":1}", false)]
    [InlineData("{\"a\":1}", "{\"b\":1}", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("null", "false", false)]
    public void Values_are_equal_whatever_the_order_of_keys(string left, string right, bool areEqual)
    {
        Assert.Equal(areEqual, JsonValue.Parse(left).Equals(JsonValue.Parse(right)));
        if (areEqual)
            Assert.Equal(JsonValue.Parse(left).GetHashCode(), JsonValue.Parse(right).GetHashCode());
    }
}
