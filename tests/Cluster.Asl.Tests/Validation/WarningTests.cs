using Cluster.Asl.Tests.Parsing;
using Cluster.Asl.Validation;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>What looks like a mistake and is none: told, and taken.</summary>
public sealed class WarningTests
{
    [Theory]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": \"$.b\"}", "NO_DOLLAR /States/S/Parameters/a 1:84")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": [{\"b\": \"States.UUID()\"}]}", "NO_DOLLAR /States/S/Parameters/a[0]/b 1:91")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Parameters\": {\"a\": \"$5\", \"b\": \"States.\", \"c.$\": \"$.d\", \"e\": [\"$.f\"]}", "")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Result\": {\"a\": [{\"b.$\": 1}]}", "PASS_RESULT_IS_STATIC /States/S/Result 1:74")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Result\": \"$$.Execution\"", "PASS_RESULT_IS_STATIC /States/S/Result 1:74")]
    [InlineData("\"Type\": \"Pass\", \"End\": true, \"Result\": {\"a\": \"$\\u0020b\"}", "")]
    [InlineData("\"Type\": \"Fail\", \"Error\": \"$.e\", \"CausePath\": \"$.c\"", "NO_PATH /States/S/Error 1:60")]
    public void A_constant_that_looks_like_a_path_is_a_warning(string fields, string expected)
    {
        var result = Definition.OneState(fields);

        Assert.True(result.IsValid, result.InvalidDefinitionMessage);
        Assert.All(result.Diagnostics, d => Assert.Equal(DiagnosticSeverity.Warning, d.Severity));
        Assert.Equal(expected, string.Join('|', result.Diagnostics.Select(d => $"{d.Code} {d.Location} {d.Line}:{d.Column}")));
    }

    [Theory]
    [InlineData("\"StringEquals\": \"$.b\"", "NO_PATH /States/C/Choices[0]/StringEquals")]
    [InlineData("\"StringEqualsPath\": \"$.b\"", "")]
    public void So_is_an_operand(string operand, string expected)
    {
        var result = Definition.Read(
            $$"""{"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [{"Variable": "$.a", {{operand}}, "Next": "E"}]}, "E": {"Type": "Succeed"} } }""");

        Assert.True(result.IsValid, result.InvalidDefinitionMessage);
        Assert.Equal(expected, string.Join('|', result.Diagnostics.Select(d => $"{d.Code} {d.Location}")));
    }

    [Fact]
    public void Errors_come_first_and_the_refusal_tells_only_them()
    {
        var result = Definition.OneState("\"Type\": \"Pass\", \"End\": true, \"Result\": \"$.a\", \"Comment\": 1");

        Assert.Equal("SCHEMA_VALIDATION_FAILED PASS_RESULT_IS_STATIC", string.Join(' ', result.Diagnostics.Select(d => d.Code)));
        Assert.Equal("Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Expected value of type String at /States/S/Comment'", result.InvalidDefinitionMessage);
    }

    [Fact]
    public void Warnings_never_crowd_an_error_out()
    {
        var many = string.Join(", ", Enumerable.Range(0, 5000).Select(i => $"\"f{i}\": \"$.a\""));
        var result = Definition.OneState($"\"Type\": \"Pass\", \"End\": true, \"Parameters\": {{{many}}}, \"Comment\": 1");

        Assert.False(result.IsValid);
        Assert.Single(result.Diagnostics, d => d.Severity is DiagnosticSeverity.Error);
        Assert.Equal(100, result.Diagnostics.Count(d => d.Severity is DiagnosticSeverity.Warning));
    }
}
