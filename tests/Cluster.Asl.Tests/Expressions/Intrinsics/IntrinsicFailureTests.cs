using System.Globalization;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

/// <summary>What AWS says when an argument is not there, and what holds for all calls.</summary>
public sealed class IntrinsicFailureTests
{
    [Theory]
    [InlineData("States.Format('{}', $.nope)", "{\"other\":1}", "$.nope")]
    [InlineData("States.Format('{}',$.nope)", "{\"other\":1}", "$.nope")]
    [InlineData("States.Format('{} {}', $.other, $.a.b)", "{\"other\":1}", "$.a.b")]
    [InlineData("States.Format($.nope, 1)", "{\"other\":1}", "$.nope")]
    [InlineData("States.Format('{}', States.Format('{}', $.nope))", "{\"other\":1}", "$.nope")]
    [InlineData("States.Format('{}', $.items[5])", "{\"items\":[1,2]}", "$.items[5]")]
    [InlineData("States.Format('{}', $.items[5].x)", "{\"items\":[1]}", "$.items[5].x")]
    [InlineData("States.Array($.other.x)", "{\"other\":1}", "$.other.x")]
    [InlineData("States.Format('{}', $$.Nope.Deep)", "{\"other\":1}", "$.Nope.Deep")]
    public void A109_An_argument_that_is_not_there_is_named_with_the_whole_call_and_the_input(string call, string input, string path) => Assert.Equal(
        $"The JsonPath argument for the field '{path}' could not be found in the input '{input}'", Call.RuntimeFailure(call, input));

    [Fact]
    public void A109_An_index_into_something_else_is_told_in_the_librarys_words() => Assert.Equal(
        "Filter: [0] can only be applied to arrays. Current context is: 1", Call.RuntimeFailure("States.Array($.other[0])", "{\"other\":1}"));

    [Fact]
    public void A109_A_null_is_there() => Assert.Equal("[null]", Call.Value("States.Array($.nul)", "{\"nul\":null}"));

    [Fact]
    public void A109_The_first_failing_argument_ends_the_call() =>
        Assert.Equal("States.UUID takes no arguments, but was called with 1", Call.Failure("States.Array(States.UUID(1), $.nope)"));

    [Theory]
    [InlineData("States.ArrayLength(States.ArrayUnique({0}))")]
    [InlineData("States.Hash(States.JsonToString({0}), 'MD5')")]
    [InlineData("States.Base64Encode(States.Format('{{}}', {0}))")]
    public void A109_Values_that_share_their_parts_do_not_make_endless_work(string call)
    {
        // 128 KiB named 400 times.
        var input = new JsonObject([KeyValuePair.Create("a", JsonValue.Parse("[" + string.Join(',', Enumerable.Repeat("0", 1 << 16)) + "]"))]);
        var many = "States.Array(" + string.Join(',', Enumerable.Range(0, 400).Select(i => $"States.Array($,$.a,{i})")) + ")";
        Assert.Equal(
            "The evaluation looks at or writes more than 16777216 values and characters",
            Call.Failure(string.Format(CultureInfo.InvariantCulture, call, many), input, "States.IntrinsicFailure"));
    }

    [Fact]
    public void A33_All_calls_of_a_template_share_what_they_may_spend()
    {
        var fields = string.Join(',', Enumerable.Range(0, 200).Select(i => $$"""{"a{{i}}.$":"States.Format('{}{}', $, $)"}"""));
        Assert.True(PayloadTemplate.TryCompile(JsonValue.Parse($"[{fields}]"), out var template, out _));
        var scope = new EvaluationScope(new JsonString(new string('x', 100_000)), Documents.Context);
        Assert.False(template.TryEvaluate(scope, out _, out var failure));
        Assert.Equal("States.IntrinsicFailure", failure.Error);
    }

    [Fact]
    public void A33_Two_calls_in_one_template_draw_different_numbers()
    {
        Assert.True(PayloadTemplate.TryCompile(JsonValue.Parse("""{"a.$":"States.UUID()","b":[{"c.$":"States.UUID()"}]}"""), out var template, out _));
        Assert.True(template.TryEvaluate(Documents.Scope("{}"), out var value, out _));
        var filled = (JsonObject)value;
        Assert.NotEqual(filled["a"], ((JsonObject)((JsonArray)filled["b"]!)[0])["c"]);
    }
}
