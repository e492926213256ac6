using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Json;

public sealed class JsonParserTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("255")]
    [InlineData("256")]
    [InlineData("-12.50e+03")]
    [InlineData("1E400")]
    [InlineData("123456789012345678901234567890.123456789012345678901234567890")]
    [InlineData("\"\"")]
    [InlineData("\"Zürich 東京 😀\"")]
    [InlineData("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001F\"")]
    [InlineData("\"\\uD800\"")]
    [InlineData("\"a\\uDC00\\uD800b\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[[],{},[null]]")]
    [InlineData("{\"b\":1,\"a\":{\"d\":[1,2,3],\"c\":\"\"},\"\":0}")]
    public void A_compact_text_comes_back_as_it_was_written(string text) => Assert.Equal(text, JsonValue.Parse(text).ToString());

    [Theory]
    [InlineData(" \t\r\n1\n", "1")]
    [InlineData("[ 1 , 2 ]", "[1,2]")]
    [InlineData("{ \"a\" : [ ] , \"b\" : { } }", "{\"a\":[],\"b\":{}}")]
    [InlineData("\"\\/\\u0041\\u00e9\\ud83d\\uDE00\"", "\"/Aé😀\"")]
    [InlineData("\"\u007f\"", "\"\u007f\"")]
    public void White_space_goes_and_escapes_become_characters(string text, string compact) =>
        Assert.Equal(compact, JsonValue.Parse(text).ToString());

    [Theory]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}")]
    [InlineData("{\"a\":{\"x\":1},\"a\":{\"y\":1}}", "{\"a\":{\"y\":1}}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "{\"a\":2}")]
    public void In_payloads_a_repeated_key_keeps_its_first_place_and_its_last_value(string text, string compact) =>
        Assert.Equal(compact, JsonValue.Parse(text).ToString());

    [Fact]
    public void In_definitions_a_repeated_key_is_refused_where_it_stands()
    {
        var error = ErrorOf("{\"a\":1,\n \"a\":2}", JsonParserOptions.Definition);
        Assert.Equal(new JsonParseError("Duplicate field 'a'", 2, 5), error);
    }

    [Fact]
    public void Repeated_keys_are_found_in_large_objects_too()
    {
        var members = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"k{i}\":{i}"));
        var twice = $"{{{members},\"k4321\":\"last\"}}";
        var value = Assert.IsType<JsonObject>(JsonValue.Parse(twice));
        Assert.Equal(5000, value.Count);
        Assert.Equal("\"last\"", value["k4321"]!.ToString());
        Assert.Equal("k4321", value.Properties[4321].Key);
        Assert.Equal("Duplicate field 'k4321'", ErrorOf(twice, JsonParserOptions.Definition).Message);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    public void Nesting_is_taken_up_to_the_limit_and_no_deeper(int depth)
    {
        var text = new string('[', depth) + new string(']', depth);
        var parsed = JsonParser.TryParse(Encoding.UTF8.GetBytes(text), JsonParserOptions.Payload, out var value, out var error);
        Assert.Equal(depth <= JsonParserOptions.DefaultMaxDepth, parsed);
        if (parsed)
            Assert.Equal(depth, value!.Depth);
        else
            Assert.StartsWith("Document nesting depth (1001) exceeds the maximum allowed (1000", error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"a\":[")]
    public void A_text_nested_200_000_deep_is_an_error_at_once_whatever_the_limit(string opening)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(opening, 200_000)));
        var start = Stopwatch.GetTimestamp();
        Assert.False(JsonParser.TryParse(text, JsonParserOptions.Payload, out _, out _));
        Assert.False(JsonParser.TryParse(text, new JsonParserOptions(int.MaxValue, RefuseDuplicateKeys: true), out _, out _));
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_culture_of_the_thread_changes_nothing()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        CultureInfo.CurrentCulture = comma;
        try
        {
            Assert.Equal("[-1.5,-7]", JsonValue.Parse("[-1.5,-7]").ToString());
            Assert.Equal("-7", JsonNumber.Of(-7).Text);
            Assert.Equal("-1.5", JsonNumber.Of(-1.5).Text);
            Assert.True(new JsonNumber("-7").TryGetInt64(out var seven));
            Assert.Equal(-7, seven);
            Assert.Equal(-1.5, new JsonNumber("-1.5").ToDouble());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_name_that_stands_in_many_objects_is_one_string()
    {
        var text = "[" + string.Join(',', Enumerable.Repeat("{\"orderId\":1}", 100)) + "]";
        var items = Assert.IsType<JsonArray>(JsonValue.Parse(text));
        Assert.Same(((JsonObject)items[50]).Properties[0].Key, ((JsonObject)items[99]).Properties[0].Key);
    }

    internal static JsonParseError ErrorOf(string text, JsonParserOptions options) => ErrorOf(Encoding.UTF8.GetBytes(text), options);

    internal static JsonParseError ErrorOf(byte[] utf8, JsonParserOptions options)
    {
        Assert.False(JsonParser.TryParse(utf8, options, out var value, out var error));
        Assert.Null(value);
        return error;
    }
}
