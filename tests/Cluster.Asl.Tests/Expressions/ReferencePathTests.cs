using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions;

public sealed class ReferencePathTests
{
    [Theory]
    [InlineData("$", "{\"a\":1}", "9")]
    [InlineData("$.a", "{\"a\":1,\"b\":2}", "{\"a\":9,\"b\":2}")]
    [InlineData("$.c", "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"c\":9}")]
    [InlineData("$['x y'].z", "{}", "{\"x y\":{\"z\":9}}")]
    [InlineData("$.a.b.c", "{\"a\":{\"k\":1}}", "{\"a\":{\"k\":1,\"b\":{\"c\":9}}}")]
    [InlineData("$.a[1]", "{\"a\":[1,2,3]}", "{\"a\":[1,9,3]}")]
    [InlineData("$[0].b", "[{\"b\":1},2]", "[{\"b\":9},2]")]
    [InlineData("$[0][0]", "[[1]]", "[[9]]")]
    public void The_value_is_written_in_its_place(string path, string document, string expected)
    {
        Assert.True(ReferencePath.TryParse(path, out var parsed));
        Assert.Equal(path, parsed.Text);
        var before = JsonValue.Parse(document);
        Assert.True(parsed.TryWrite(before, JsonNumber.Of(9), out var written, out var failure));
        Assert.Null(failure);
        Assert.Equal(expected, written.ToString());
        Assert.Equal(document, before.ToString());
    }

    [Theory]
    [InlineData("$.a.b", "{\"a\":\"text\"}", "a")]
    [InlineData("$.a.b", "{\"a\":null}", "a")]
    [InlineData("$.a.b", "{\"a\":[]}", "a")]
    [InlineData("$.a", "\"text\"", "a")]
    [InlineData("$.a", "[1]", "a")]
    [InlineData("$.a[1]", "{\"a\":[1]}", "a")]
    [InlineData("$.a[0]", "{}", "a")]
    [InlineData("$[0].b", "[1]", "0")]
    public void A_place_that_cannot_be_is_a_failure(string path, string document, string step)
    {
        Assert.True(ReferencePath.TryParse(path, out var parsed));
        Assert.False(parsed.TryWrite(JsonValue.Parse(document), JsonNumber.Of(9), out var written, out var failure));
        Assert.Null(written);
        Assert.Equal(new EvaluationFailure("States.ResultPathMatchFailure", $"Unable to apply step \"{step}\" to input {document}"), failure);
    }

    [Theory]
    [InlineData("$$")]
    [InlineData("$$.a")]
    [InlineData("$.a[*]")]
    [InlineData("$.*")]
    [InlineData("$..a")]
    [InlineData("$.a[0:1]")]
    [InlineData("$.a[0,1]")]
    [InlineData("$['a','b']")]
    [InlineData("$.a[-1]")]
    [InlineData("$.a[?(@.b)]")]
    [InlineData("a")]
    [InlineData("$a")]
    public void A_path_that_names_more_than_one_place_is_no_reference_path(string text) => Assert.False(ReferencePath.TryParse(text, out _));

    [Fact]
    public void A_document_never_becomes_deeper_than_payloads_may_be()
    {
        Assert.True(ReferencePath.TryParse("$.a", out var path));
        Assert.True(path.TryWrite(JsonObject.Empty, Documents.Nested(999), out var written, out _));
        Assert.Equal(1000, written.Depth);
        Assert.False(path.TryWrite(JsonObject.Empty, Documents.Nested(1000), out written, out var failure));
        Assert.Null(written);
        Assert.Equal(new EvaluationFailure("States.Runtime", "Document nesting depth (1001) exceeds the maximum allowed (1000)"), failure);
    }
}
