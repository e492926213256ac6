using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions;

/// <summary>Paths that lead nowhere, and what AWS says of them.</summary>
public sealed class JsonPathMissTests
{
    private const string Store = JsonPathTests.Store;

    [Theory]
    [InlineData("$.x", "No results for path: $['x']")]
    [InlineData("$.store.x", "No results for path: $['store']['x']")]
    [InlineData("$.no.such.path", "Missing property in path $['no']")]
    [InlineData("$.store.no.such", "Missing property in path $['store']['no']")]
    [InlineData("$.no[0]", "Missing property in path $['no']")]
    [InlineData("$.list[9].x", "Property ['x'] not found in path $['list'][9]")]
    [InlineData("$.list[-9].x", "Property ['x'] not found in path $['list'][-9]")]
    [InlineData("$.list[9][0]", "The path $['list'][9] is null")]
    [InlineData("$.none[0]", "The path $['none'] is null")]
    [InlineData("$.none.x", "Property ['x'] not found in path $['none']")]
    [InlineData("$.text[0]", "Filter: [0] can only be applied to arrays. Current context is: abc")]
    [InlineData("$.list[0][0]", "Filter: [0] can only be applied to arrays. Current context is: \"a\"")]
    [InlineData("$.list[0][(@.length-1)]", "Filter: [@.size()-1] can only be applied to arrays. Current context is: \"a\"")]
    [InlineData("$.text['a','b']", "Property ['a', 'b'] not found in path $['text']")]
    [InlineData("$.expensive[0]", "Filter: [0] can only be applied to arrays. Current context is: 10")]
    [InlineData("$.store.bicycle[0].x", "Filter: [0]['x'] can only be applied to arrays. Current context is: {\"color\":\"red\",\"price\":19.95}")]
    [InlineData("$.text.x", "Property ['x'] not found in path $['text']")]
    [InlineData("$.numbers.length()", "Property ['length()'] not found in path $['numbers']")]
    public void A34_A_definite_path_that_leads_nowhere_tells_why_in_Jayways_words(string path, string reason)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed));
        Assert.False(parsed.TryRead(Documents.Scope(Store), out var value, out var actual));
        Assert.Null(value);
        Assert.Equal(reason, actual);
        Assert.False(parsed.TryFind(Documents.Scope(Store), out _));
    }

    [Theory]
    [InlineData("$.text.such[*]", "Property ['such'] not found in path $['text']")]
    [InlineData("$.text[0:1]", "Filter: [0:1] can only be applied to arrays. Current context is: abc")]
    [InlineData("$.store.bicycle[0,1].x", "Filter: [0,1]['x'] can only be applied to arrays. Current context is: {\"color\":\"red\",\"price\":19.95}")]
    [InlineData("$.none[1:]", "The path $['none'] is null")]
    [InlineData("$.list[9].x[*]", "Property ['x'] not found in path $['list'][9]")]
    [InlineData("$.expensive[?(@.x)].y", "Filter: [?]['y'] can not be applied to primitives. Current context is: 10")]
    [InlineData("$.none[?(@.x)]", "Filter: [?] can not be applied to primitives. Current context is: null")]
    public void A35_An_indefinite_path_fails_where_its_beginning_meets_a_value_of_the_wrong_kind(string path, string reason)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed));
        Assert.False(parsed.IsDefinite);
        Assert.False(parsed.TryRead(Documents.Scope(Store), out var value, out var actual));
        Assert.Null(value);
        Assert.Equal(reason, actual);
    }

    [Theory]
    [InlineData("$.list[4]")]
    [InlineData("$.list[-9]")]
    [InlineData("$.empty[0]")]
    [InlineData("$.empty[(@.length-1)]")]
    [InlineData("$.list[(@.length-5)]")]
    [InlineData("$.list[(@.length-0)]")]
    [InlineData("$.store.book[2147483647]")]
    public void A34_An_element_outside_of_its_array_is_read_as_null_and_is_not_there(string path)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed));
        var scope = Documents.Scope(Store);
        Assert.True(parsed.TryRead(scope, out var value, out _));
        Assert.Same(JsonValue.Null, value);
        Assert.True(parsed.TryReadField(scope, "f.$", out value, out _));
        Assert.Same(JsonValue.Null, value);
        Assert.False(parsed.TryFind(scope, out _));
        Assert.False(parsed.TryReadArgument(scope, out _, out var failure));
        Assert.StartsWith($"The JsonPath argument for the field '{path}' could not be found in the input '{{", failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$.text.x", "The JSONPath '$.text.x' specified for the field 'f.$' could not be found in the input '{\"text\":\"abc\"}'")]
    [InlineData("$.text.x[*]", "The JSONPath '$.text.x[*]' specified for the field 'f.$' could not be found in the input '{\"text\":\"abc\"}'")]
    [InlineData("$.text.length()", "The JSONPath '$.text.length()' specified for the field 'f.$' could not be found in the input '{\"text\":\"abc\"}'")]
    [InlineData("$.text[0]", "Filter: [0] can only be applied to arrays. Current context is: abc")]
    public void A34_A_template_tells_what_is_missing_from_what_does_not_fit(string path, string detail)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed));
        Assert.False(parsed.TryReadField(Documents.Scope("{\"text\":\"abc\"}"), "f.$", out _, out var failure));
        Assert.Equal(new EvaluationFailure("States.Runtime", detail), failure);
    }

    [Theory]
    [InlineData("$")]
    [InlineData("$.a")]
    [InlineData("$[*]")]
    [InlineData("$..a")]
    public void No_path_reads_a_document_that_is_null(string path)
    {
        const string Detail = "Unable to apply Path transformation to null or empty input.";
        var expected = new EvaluationFailure("States.Runtime", Detail);
        var scope = Documents.Scope("null");
        Assert.True(JsonPath.TryParse(path, out var parsed));
        Assert.False(parsed.TryRead(scope, out _, out var reason));
        Assert.Equal(Detail, reason);
        Assert.False(parsed.TryReadField(scope, "f.$", out _, out var failure));
        Assert.Equal(expected, failure);
        Assert.Equal(ReferenceEquals(parsed, JsonPath.Root), parsed.TryReadDocument(scope, out _, out failure));
        Assert.Equal(ReferenceEquals(parsed, JsonPath.Root) ? null : expected, failure);
        Assert.False(parsed.TryReadArgument(scope, out _, out failure));
        Assert.Equal(expected, failure);
    }
}
