using System.Text;
using Cluster.Asl.Parsing;
using Cluster.Asl.Validation;
using Xunit;

namespace Cluster.Asl.Tests.Parsing;

public sealed class InvalidJsonTests
{
    [Fact]
    public void A_text_that_is_not_JSON_gives_one_diagnostic_with_the_reason_and_the_source()
    {
        var result = Definition.Read("{\n  'StartAt'");

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(DiagnosticCodes.InvalidJson, diagnostic.Code);
        Assert.Null(diagnostic.Location);
        Assert.Equal(2, diagnostic.Line);
        Assert.StartsWith("Unexpected character (''' (code 39)): was expecting double-quote to start field name\n at [Source: (String)\"{\n  'StartAt'\"; line: 2, column: ", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("null")]
    [InlineData("1")]
    public void A_definition_is_an_object(string text) =>
        Assert.Equal("INVALID_JSON_DESCRIPTION: Definition must be a valid JSON object at null", Definition.Diagnostics(text));

    [Theory]
    [InlineData("""{"StartAt": "A", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}""", "StartAt")]
    [InlineData("""{"StartAt": "A", "States": {"A": {"Type": "Succeed"}, "A": {"Type": "Succeed"}}}""", "A")]
    [InlineData("""{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"k": {"x": 1, "x": 2}}, "End": true}}}""", "x")]
    public void A_key_that_stands_twice_is_refused_and_named(string text, string key)
    {
        var diagnostic = Assert.Single(Definition.Read(text).Diagnostics);

        Assert.Equal(DiagnosticCodes.InvalidJson, diagnostic.Code);
        Assert.Contains($"'{key}'", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_faulty_text_is_quoted_in_part()
    {
        var diagnostic = Assert.Single(DefinitionParser.Parse(Encoding.UTF8.GetBytes(new string('x', 100_000))).Diagnostics);

        Assert.InRange(diagnostic.Message.Length, 1, 2000);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused()
    {
        var text = Encoding.UTF8.GetBytes("""{"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "?"}}}""");
        text[Array.IndexOf(text, (byte)'?')] = 0xFF;

        Assert.False(DefinitionParser.Parse(text).IsValid);
    }
}
