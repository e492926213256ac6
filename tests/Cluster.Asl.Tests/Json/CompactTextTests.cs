using System.Text;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Json;

/// <summary>A text that reading calls compact is what writing makes of its value.</summary>
public sealed class CompactTextTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("-0.10e+05")]
    [InlineData("\"\"")]
    [InlineData("\"é💡 and a blank\"")]
    [InlineData("{\"a\":[1,2.50,{\"b\":\" \"}],\"c\":true}")]
    public void A_text_without_space_escape_and_double_key_is_compact(string text)
    {
        Assert.True(IsCompact(text, out var value));
        Assert.Equal(text, JsonWriter.ToText(value));
    }

    [Theory]
    [InlineData(" 1")]
    [InlineData("1\n")]
    [InlineData("{ }")]
    [InlineData("[1, 2]")]
    [InlineData("{\"a\" :1}")]
    [InlineData("{\"a\":\t1}")]
    [InlineData("\"\\u0041\"")]
    [InlineData("\"\\/\"")]
    [InlineData("{\"\\u0061\":1}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":1,\"b\":{\"c\":1,\"c\":2}}")]
    public void Any_other_text_is_not(string text)
    {
        Assert.False(IsCompact(text, out var value));
        Assert.NotEqual(text, JsonWriter.ToText(value));
    }

    private static bool IsCompact(string text, out JsonValue value)
    {
        Assert.True(JsonParser.TryParse(Encoding.UTF8.GetBytes(text), JsonParserOptions.Payload, out var read, out _, out var compact));
        value = read;
        return compact;
    }
}
