using Cluster.Asl.Definitions;
using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>What an inline Map may hold (A18).</summary>
public sealed class MapDiagnosticTests
{
    private const string Schema = "SCHEMA_VALIDATION_FAILED: ";
    private const string NotYet = "NOT_SUPPORTED_YET: ";
    private const string Processor = "\"ItemProcessor\": {\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}";

    [Fact]
    public void A18_Map_is_read_with_its_processor_and_its_selector()
    {
        var map = Definition.State<MapState>(
            """
            "Type": "Map", "End": true, "InputPath": "$.in", "ItemsPath": "$.items", "MaxConcurrency": 3, "ItemSelector": {"v.$": "$$.Map.Item.Value"},
            "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}},
            "ResultSelector": {"r.$": "$"}, "ResultPath": "$.out", "Retry": [{"ErrorEquals": ["E"]}], "Catch": [{"ErrorEquals": ["E"], "Next": "S"}]
            """);

        Assert.Equal("A", map.Processor.StartAt.Name);
        Assert.Equal("$.items", map.ItemsPath.Text);
        Assert.Equal(3, map.MaxConcurrency);
        Assert.Null(map.MaxConcurrencyPath);
        Assert.NotNull(map.Parameters);
        Assert.NotNull(map.ResultSelector);
        Assert.Single(map.Retry);
        Assert.Single(map.Catch);
    }

    [Fact]
    public void A18_The_legacy_names_are_read_as_the_new_ones()
    {
        var map = Definition.State<MapState>(
            """
            "Type": "Map", "End": true, "Parameters": {"v.$": "$$.Map.Item.Value"}, "MaxConcurrencyPath": "$.n",
            "Iterator": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
            """);

        Assert.Equal("A", map.Processor.StartAt.Name);
        Assert.NotNull(map.Parameters);
        Assert.Equal("$", map.ItemsPath.Text);
        Assert.Equal(0, map.MaxConcurrency);
        Assert.Equal("$.n", map.MaxConcurrencyPath?.Text);
    }

    [Theory]
    [InlineData("\"Comment\": \"none\"", Schema + "This object should have only one of the following fields: [ItemProcessor, Iterator] at /States/S")]
    [InlineData("\"ItemProcessor\": {}", Schema + "These fields are required: [States, StartAt] at /States/S/ItemProcessor")]
    [InlineData("\"Iterator\": []", Schema + "Expected value of type Object at /States/S/Iterator")]
    [InlineData(
        "\"Iterator\": {\"StartAt\": \"B\", \"States\": {\"B\": {\"Type\": \"Succeed\"}}}, " + Processor,
        Schema + "There should only be one of the following fields: [ItemProcessor, Iterator] at /States/S")]
    [InlineData(
        Processor + ", \"ItemSelector\": {}, \"Parameters\": {}",
        Schema + "There should only be one of the following fields: [ItemSelector, Parameters] at /States/S")]
    [InlineData(
        Processor + ", \"MaxConcurrency\": 1, \"MaxConcurrencyPath\": \"$\"",
        Schema + "There should only be one of the following fields: [MaxConcurrency, MaxConcurrencyPath] at /States/S")]
    [InlineData(Processor + ", \"MaxConcurrency\": -1", Schema + "Minimum value is 0 at /States/S/MaxConcurrency")]
    [InlineData(Processor + ", \"MaxConcurrency\": 1.5", Schema + "Expected value of type Integer at /States/S/MaxConcurrency")]
    [InlineData(Processor + ", \"MaxConcurrency\": 9223372036854775807", "")]
    [InlineData(Processor + ", \"MaxConcurrencyPath\": \"$.a[*]\"", Schema + "Value is not a Reference Path at /States/S/MaxConcurrencyPath")]
    [InlineData(Processor + ", \"MaxConcurrencyPath\": \"$$.Execution.Input.n\"", Schema + "Value is not a Reference Path at /States/S/MaxConcurrencyPath")]
    [InlineData(Processor + ", \"MaxConcurrencyPath\": \"n\"", Schema + "Value must be a valid JSONPath. at /States/S/MaxConcurrencyPath")]
    [InlineData(Processor + ", \"ItemsPath\": \"$$.Execution.Input.n[0]['a b']\"", "")]
    [InlineData(Processor + ", \"ItemsPath\": \"$..a\"", Schema + "Value is not a Reference Path at /States/S/ItemsPath")]
    [InlineData(Processor + ", \"ItemsPath\": \"$.a[?(@.b == 1)]\"", Schema + "Value is not a Reference Path at /States/S/ItemsPath")]
    [InlineData(Processor + ", \"ItemsPath\": \"a\"", Schema + "Value must be a valid JSONPath. at /States/S/ItemsPath")]
    [InlineData(Processor + ", \"ItemSelector\": null", Schema + "Expected value of type Object at /States/S/ItemSelector")]
    [InlineData(Processor + ", \"ItemSelector\": {\"a.$\": \"b\"}", Schema + "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/ItemSelector")]
    [InlineData(Processor + ", \"TimeoutSeconds\": 1", Schema + "Field 'TimeoutSeconds' is not supported at /States/S")]
    [InlineData(Processor + ", \"Branches\": []", Schema + "Field 'Branches' is not supported at /States/S")]
    [InlineData(
        Processor + ", \"Items\": null",
        Schema + "The QueryLanguage is set to 'JSONPath', but field 'Items' is only supported for the 'JSONata' QueryLanguage at /States/S")]
    [InlineData(
        "\"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"INLINE\", \"ExecutionType\": \"STANDARD\"}, \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}",
        Schema + "Field 'ExecutionType' is not supported at /States/S/ItemProcessor/ProcessorConfig")]
    [InlineData(
        "\"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"MANY\"}, \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}",
        Schema + "Value should be one of the following: [INLINE, DISTRIBUTED] at /States/S/ItemProcessor/ProcessorConfig/Mode")]
    [InlineData(
        "\"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": \"STANDARD\"}, \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}",
        NotYet + "Map of Mode 'DISTRIBUTED' is not supported yet at /States/S/ItemProcessor/ProcessorConfig/Mode")]
    [InlineData(
        "\"ItemProcessor\": {\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\"}, \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}",
        Schema + "These fields are required: [ExecutionType] at /States/S/ItemProcessor/ProcessorConfig, "
        + NotYet + "Map of Mode 'DISTRIBUTED' is not supported yet at /States/S/ItemProcessor/ProcessorConfig/Mode")]
    [InlineData(
        "\"Iterator\": {\"QueryLanguage\": \"JSONata\", \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}",
        Schema + "Field 'QueryLanguage' is not supported at /States/S/Iterator")]
    [InlineData(
        "\"ItemProcessor\": {\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}, \"B\": {\"Type\": \"Succeed\"}}}",
        "MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/S/ItemProcessor/States/B")]
    [InlineData(
        "\"ItemProcessor\": {\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"Next\": \"B\"}, \"B\": {\"Type\": \"Pass\", \"Next\": \"A\"}}}", "")]
    [InlineData(Processor + ", \"Label\": \"l\"", NotYet + "'Label' of a Distributed Map is not supported yet at /States/S/Label")]
    [InlineData(Processor + ", \"ItemReader\": {}", NotYet + "'ItemReader' of a Distributed Map is not supported yet at /States/S/ItemReader")]
    [InlineData(Processor + ", \"ToleratedFailureCount\": 1, \"ToleratedFailurePercentagePath\": \"$.p\"", "")]
    [InlineData(Processor + ", \"ToleratedFailurePercentage\": -1", Schema + "Minimum value is 0.0 at /States/S/ToleratedFailurePercentage")]
    [InlineData(Processor + ", \"ToleratedFailurePercentage\": 100.5", Schema + "Maximum value is 100.0 at /States/S/ToleratedFailurePercentage")]
    [InlineData(
        Processor + ", \"ToleratedFailureCount\": 1, \"ToleratedFailureCountPath\": \"$.c\"",
        Schema + "There should only be one of the following fields: [ToleratedFailureCount, ToleratedFailureCountPath] at /States/S")]
    [InlineData(Processor + ", \"ToleratedFailureCount\": -1", Schema + "Minimum value is 0 at /States/S/ToleratedFailureCount")]
    public void A18_A_faulty_Map_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {"Type": "Map", "End": true, {{fields}}} } }"""));
}
