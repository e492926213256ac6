using System.Diagnostics.CodeAnalysis;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions;

public sealed class PayloadTemplateTests
{
    private const string Input = "{\"a\":{\"b\":[1,2]},\"s\":\"text\"}";

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[]", "[]")]
    [InlineData("\"$.a\"", "\"$.a\"")]
    [InlineData("{\"x\":\"$.s\"}", "{\"x\":\"$.s\"}")]
    [InlineData("{\"x.$\":\"$.s\"}", "{\"x\":\"text\"}")]
    [InlineData("{\"x.$\":\"$\"}", "{\"x\":" + Input + "}")]
    [InlineData("{\"k\":1,\"x.$\":\"$.a.b[0]\",\"l\":[2]}", "{\"k\":1,\"x\":1,\"l\":[2]}")]
    [InlineData("{\"o\":{\"p\":{\"x.$\":\"$.s\"},\"q\":{}}}", "{\"o\":{\"p\":{\"x\":\"text\"},\"q\":{}}}")]
    [InlineData("{\"l\":[\"$.s\",{\"x.$\":\"$.s\"},[{\"y.$\":\"$.s\"}]]}", "{\"l\":[\"$.s\",{\"x\":\"text\"},[{\"y\":\"text\"}]]}")]
    [InlineData("{\"x.$\":\"$$.State.Name\"}", "{\"x\":\"Here\"}")]
    [InlineData("{\"x.$\":\"$.a.b[*]\"}", "{\"x\":[1,2]}")]
    [InlineData("{\"x.$\":\"$.no.such[*]\"}", "{\"x\":[]}")]
    [InlineData("{\"x.$\":\"States.Format('{}-{}', $.s, $.a.b[1])\"}", "{\"x\":\"text-2\"}")]
    [InlineData("{\"x.$\":\"$.a.b[9]\"}", "{\"x\":null}")]
    [InlineData("{\"$\":1,\"a$\":2,\"b.$.c\":3}", "{\"$\":1,\"a$\":2,\"b.$.c\":3}")]
    public void Only_keys_that_end_in_dot_dollar_are_filled_in(string template, string expected)
    {
        Assert.True(TryFill(template, out var value, out var failure), failure?.Detail);
        Assert.Equal(expected, value.ToString());
    }

    [Theory]
    [InlineData("{\"value.$\":\"$.x\"}", "$.x", "value.$", Input)]
    [InlineData("{\"o\":[{\"v.$\":\"$.a.b[9].c\"}]}", "$.a.b[9].c", "v.$", Input)]
    [InlineData("{\"v.$\":\"$.s.no[*]\"}", "$.s.no[*]", "v.$", Input)]
    [InlineData("{\"v.$\":\"$.a.b.length()\"}", "$.a.b.length()", "v.$", Input)]
    public void A_definite_path_that_leads_nowhere_fails_the_execution(string template, string path, string field, string input)
    {
        Assert.False(TryFill(template, out var value, out var failure));
        Assert.Null(value);
        Assert.Equal(
            new EvaluationFailure("States.Runtime", $"The JSONPath '{path}' specified for the field '{field}' could not be found in the input '{input}'"),
            failure);
    }

    [Theory]
    [InlineData("{\"x.$\":1}", "/x.$", TemplateFaultReason.NotAPath, "x.$", "1")]
    [InlineData("{\"x.$\":\"text\"}", "/x.$", TemplateFaultReason.NotAPath, "x.$", "text")]
    [InlineData("{\"x.$\":{\"y\":1}}", "/x.$", TemplateFaultReason.NotAPath, "x.$", "{\"y\":1}")]
    [InlineData("{\"x.$\":\"$.\"}", "/x.$", TemplateFaultReason.NotAPath, "x.$", "$.")]
    [InlineData("{\"a/b\":[{\"~.$\":\"\"}]}", "/a~1b/0/~0.$", TemplateFaultReason.NotAPath, "~.$", "")]
    [InlineData("{\"x.$\":\"States.Guid()\"}", "/x.$", TemplateFaultReason.NotAPath, "x.$", "States.Guid()")]
    [InlineData("{\"x.$\":\"States.Format('{}', $a.b)\"}", "/x.$", TemplateFaultReason.Variable, "x.$", "$a.b")]
    [InlineData("{\"x.$\":\"$order.id\"}", "/x.$", TemplateFaultReason.Variable, "x.$", "$order.id")]
    [InlineData("{\"x\":1,\"x.$\":\"$.s\"}", "/x.$", TemplateFaultReason.DuplicateField, "x.$", "$.s")]
    public void A_field_that_cannot_be_compiled_is_told_apart(
        string template, string pointer, TemplateFaultReason reason, string field, string text)
    {
        Assert.False(PayloadTemplate.TryCompile(JsonValue.Parse(template), out var compiled, out var faults));
        Assert.Null(compiled);
        Assert.Equal([new TemplateFault(pointer, reason, field, text)], faults);
    }

    [Fact]
    public void All_faults_are_told_in_document_order()
    {
        var source = JsonValue.Parse("{\"a.$\":1,\"b\":{\"c.$\":\"States.UUID(\",\"d.$\":\"$.s\"},\"e\":[{\"f.$\":\"$v\"}]}");
        Assert.False(PayloadTemplate.TryCompile(source, out _, out var faults));
        Assert.Equal(["/a.$", "/b/c.$", "/e/0/f.$"], faults.Select(fault => fault.Pointer), StringComparer.Ordinal);
    }

    [Fact]
    public void Parts_without_paths_are_shared_and_found_values_too()
    {
        var source = (JsonObject)JsonValue.Parse("{\"constant\":{\"k\":[1]},\"found.$\":\"$.a\"}");
        var scope = Documents.Scope(Input);
        Assert.True(PayloadTemplate.TryCompile(source, out var template, out _));
        Assert.True(template.TryEvaluate(scope, out var value, out _));
        var filled = Assert.IsType<JsonObject>(value);
        Assert.Same(source["constant"], filled["constant"]);
        Assert.Same(((JsonObject)scope.Input)["a"], filled["found"]);

        Assert.True(PayloadTemplate.TryCompile(source["constant"]!, out template, out _));
        Assert.True(template.TryEvaluate(scope, out value, out _));
        Assert.Same(source["constant"], value);
    }

    [Fact]
    public void A_payload_never_becomes_deeper_than_payloads_may_be()
    {
        Assert.True(PayloadTemplate.TryCompile(JsonValue.Parse("{\"a.$\":\"$\"}"), out var template, out _));
        Assert.True(template.TryEvaluate(new EvaluationScope(Documents.Nested(999), Documents.Context), out _, out _));
        Assert.False(template.TryEvaluate(new EvaluationScope(Documents.Nested(1000), Documents.Context), out var value, out var failure));
        Assert.Null(value);
        Assert.Equal("States.Runtime", failure.Error);
    }

    [Fact]
    public void A_path_that_looks_at_too_much_fails_with_that_reason()
    {
        Assert.True(PayloadTemplate.TryCompile(JsonValue.Parse("{\"a.$\":\"$..*..*..*\"}"), out var template, out _));
        Assert.False(template.TryEvaluate(new EvaluationScope(Documents.Nested(1000), Documents.Context), out _, out var failure));
        Assert.Equal("Invalid path '$..*..*..*' : The path $..*..*..* looks at more than 1000000 values", failure.Detail);
    }

    private static bool TryFill(
        string source, [NotNullWhen(true)] out JsonValue? value, [NotNullWhen(false)] out EvaluationFailure? failure)
    {
        Assert.True(PayloadTemplate.TryCompile(JsonValue.Parse(source), out var template, out var faults));
        Assert.Empty(faults);
        return template.TryEvaluate(Documents.Scope(Input), out value, out failure);
    }
}
