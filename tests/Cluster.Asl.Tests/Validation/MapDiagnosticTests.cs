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
    [InlineData("\"Comment\": \"none\"", Schema + "These fields are required: [ItemProcessor] at /States/S")]
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
    [InlineData(Processor + ", \"Label\": \"l\"", NotYet + "'Label' of a Distributed Map is not supported yet at /States/S/Label")]
    [InlineData(Processor + ", \"ItemReader\": {}", NotYet + "'ItemReader' of a Distributed Map is not supported yet at /States/S/ItemReader")]
    [InlineData(Processor + ", \"ToleratedFailureCount\": 1, \"ToleratedFailurePercentagePath\": \"$.p\"", "")]
    [InlineData(Processor + ", \"ToleratedFailureCount\": -1", Schema + "Minimum value is 0 at /States/S/ToleratedFailureCount")]
    public void A18_A_faulty_Map_is_refused(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {"Type": "Map", "End": true, {{fields}}} } }"""));
}
