using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Json;

public sealed class JsonParserErrorTests
{
    private const string ValidTokens = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

    [Theory]
    [InlineData("", "No content to map due to end-of-input", 1)]
    [InlineData("  ", "No content to map due to end-of-input", 3)]
    [InlineData("not json", "Unrecognized token 'not': was expecting " + ValidTokens, 4)]
    [InlineData("nul", "Unrecognized token 'nul': was expecting " + ValidTokens, 4)]
    [InlineData("[truex]", "Unrecognized token 'truex': was expecting " + ValidTokens, 7)]
    [InlineData("{'a':1}", "Unexpected character (''' (code 39)): was expecting double-quote to start field name", 3)]
    [InlineData("{a:1}", "Unexpected character ('a' (code 97)): was expecting double-quote to start field name", 3)]
    [InlineData("{\"a\":1,}", "Unexpected character ('}' (code 125)): was expecting double-quote to start field name", 9)]
    [InlineData("{\"a\" 1}", "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value", 7)]
    [InlineData("{\"a\":}", "Unexpected character ('}' (code 125)): expected a value", 7)]
    [InlineData("{\"a\":1 \"b\":2}", "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries", 9)]
    [InlineData("[1 2]", "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries", 5)]
    [InlineData("[1,]", "Unexpected character (']' (code 93)): expected a valid value " + ValidTokens, 5)]
    [InlineData("[,1]", "Unexpected character (',' (code 44)): expected a valid value " + ValidTokens, 3)]
    [InlineData("#", "Unexpected character ('#' (code 35)): expected a valid value " + ValidTokens, 2)]
    [InlineData("…", "Unexpected character ('…' (code 8230 / 0x2026)): expected a valid value " + ValidTokens, 2)]
    [InlineData("\uFEFF{}", "Unexpected character ('\uFEFF' (code 65279 / 0xfeff)): expected a valid value " + ValidTokens, 2)]
    [InlineData("[\0]", "Unexpected character ((CTRL-CHAR, code 0)): expected a valid value " + ValidTokens, 3)]
    [InlineData("NaN", "Non-standard token 'NaN': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", 4)]
    [InlineData("[-Infinity]", "Non-standard token '-Infinity': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", 11)]
    [InlineData("Infinity", "Non-standard token 'Infinity': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow", 9)]
    [InlineData("01", "Invalid numeric value: Leading zeroes not allowed", 2)]
    [InlineData("-", "Unexpected end-of-input in a Number value", 2)]
    [InlineData("-x", "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value", 3)]
    [InlineData("[1.]", "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit", 5)]
    [InlineData("1.", "Unexpected character ((CTRL-CHAR, code 0)) in numeric value: Decimal point not followed by a digit", 3)]
    [InlineData("[1e+]", "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit", 6)]
    [InlineData("1a", "Unexpected character ('a' (code 97)): Expected space separating root-level values", 3)]
    [InlineData("\"a", "Unexpected end-of-input: was expecting closing quote for a string value", 3)]
    [InlineData("{\"a", "Unexpected end-of-input in field name", 4)]
    [InlineData("\"\\", "Unexpected end-of-input in character escape sequence", 3)]
    [InlineData("\"\\x\"", "Unrecognized character escape 'x' (code 120)", 4)]
    [InlineData("\"\\u12g4\"", "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence", 7)]
    [InlineData("\"\\u12", "Unexpected end-of-input in character escape sequence", 6)]
    [InlineData("{\"a\":", "Unexpected end-of-input within/between Object entries", 6)]
    [InlineData("{\"a\"", "Unexpected end-of-input within/between Object entries", 5)]
    [InlineData("[1,", "Unexpected end-of-input within/between Array entries", 4)]
    [InlineData("{} foo", "Unrecognized token 'foo': was expecting " + ValidTokens, 7)]
    public void A_fault_is_told_in_the_words_that_AWS_shows(string text, string message, int column)
    {
        var expected = new JsonParseError(message, 1, column);
        Assert.Equal(expected, JsonParserTests.ErrorOf(text, JsonParserOptions.Payload));
        Assert.Equal(expected, JsonParserTests.ErrorOf(text, JsonParserOptions.Definition));
    }

    [Theory]
    [InlineData("\"a\nb\"", "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value")]
    [InlineData("{\"a\tb\":1}", "Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in name")]
    [InlineData("{", "Unexpected end-of-input: expected close marker for Object (start marker at [Source: (String)\"{\"; line: 1, column: 1])")]
    [InlineData("[1", "Unexpected end-of-input: expected close marker for Array (start marker at [Source: (String)\"[1\"; line: 1, column: 1])")]
    [InlineData("[1}", "Unexpected close marker '}': expected ']' (for Array starting at [Source: (String)\"[1}\"; line: 1, column: 1])")]
    [InlineData("{]", "Unexpected close marker ']': expected '}' (for Object starting at [Source: (String)\"{]\"; line: 1, column: 1])")]
    [InlineData("{\"a\":1]", "Unexpected close marker ']': expected '}' (for Object starting at [Source: (String)\"{\"a\":1]\"; line: 1, column: 1])")]
    [InlineData("1 ]", "Unexpected close marker ']': expected '}' (for root starting at [Source: (String)\"1 ]\"; line: 1, column: 1])")]
    public void Markers_and_control_characters_are_told_with_their_place(string text, string message) =>
        Assert.Equal(message, JsonParserTests.ErrorOf(text, JsonParserOptions.Payload).Message);

    [Theory]
    [InlineData("1 2", "VALUE_NUMBER_INT")]
    [InlineData("{}{}", "START_OBJECT")]
    [InlineData("[] []", "START_ARRAY")]
    [InlineData("null \"x\"", "VALUE_STRING")]
    [InlineData("null true", "VALUE_TRUE")]
    public void What_follows_the_value_is_refused(string text, string token) =>
        Assert.StartsWith(
            $"Trailing token (of type {token}) found after value", JsonParserTests.ErrorOf(text, JsonParserOptions.Payload).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xff, (byte)'"' }, "Invalid UTF-8 start byte 0xff", 2)]
    [InlineData(new byte[] { (byte)'"', 0xed, 0xa0, 0x80, (byte)'"' }, "Invalid UTF-8 start byte 0xed", 2)]
    [InlineData(new byte[] { (byte)'"', 0xc3 }, "Invalid UTF-8 start byte 0xc3", 2)]
    [InlineData(new byte[] { (byte)'"', 0xc0, 0xaf, (byte)'"' }, "Invalid UTF-8 start byte 0xc0", 2)]
    public void Bytes_that_are_not_UTF_8_are_refused(byte[] text, string message, int column) =>
        Assert.Equal(new JsonParseError(message, 1, column), JsonParserTests.ErrorOf(text, JsonParserOptions.Payload));

    [Theory]
    [InlineData("{\n  \"a\": x}", 2, 9)]
    [InlineData("[\r\n1,\r\nx]", 3, 2)]
    [InlineData("[\r1,\rx]", 3, 2)]
    [InlineData("[\"é😀\", x]", 1, 10)]
    public void The_place_is_counted_in_lines_and_UTF_16_units(string text, int line, int column)
    {
        var error = JsonParserTests.ErrorOf(text, JsonParserOptions.Payload);
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void The_source_is_shown_with_at_most_500_characters()
    {
        var error = JsonParserTests.ErrorOf("not", JsonParserOptions.Definition);
        Assert.Equal(
            $"Unrecognized token 'not': was expecting {ValidTokens}\n at [Source: (String)\"not\"; line: 1, column: 4]", error.WithSource("not"));
        var source = new string('x', 512);
        Assert.EndsWith(
            $"[Source: (String)\"{source[..500]}\"[truncated 12 chars]; line: 1, column: 4]", error.WithSource(source), StringComparison.Ordinal);
    }
}
