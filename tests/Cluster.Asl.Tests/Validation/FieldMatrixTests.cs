using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>Which state type has which field (A5): each field that is named in the matrix is taken there, and refused everywhere else.</summary>
public sealed class FieldMatrixTests
{
    private const string Everywhere = "Pass Task Choice Wait Succeed Fail Parallel Map";

    /// <summary>The fields that each type cannot do without.</summary>
    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["Pass"] = "\"End\":true",
        ["Task"] = "\"End\":true,\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"",
        ["Choice"] = "\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"E\"}]",
        ["Wait"] = "\"End\":true,\"Seconds\":1",
        ["Succeed"] = "",
        ["Fail"] = "",
        ["Parallel"] = "\"End\":true,\"Branches\":[{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}}]",
        ["Map"] = "\"End\":true,\"ItemProcessor\":{\"StartAt\":\"B\",\"States\":{\"B\":{\"Type\":\"Succeed\"}}}",
    };

    [Theory]
    [InlineData("Comment", "\"c\"", Everywhere)]
    [InlineData("QueryLanguage", "\"JSONPath\"", Everywhere)]
    [InlineData("InputPath", "\"$.a\"", "Pass Task Choice Wait Succeed Parallel Map")]
    [InlineData("OutputPath", "\"$.a\"", "Pass Task Choice Wait Succeed Parallel Map")]
    [InlineData("Parameters", "{\"a.$\":\"$\"}", "Pass Task Parallel Map")]
    [InlineData("ResultPath", "\"$.a\"", "Pass Task Parallel Map")]
    [InlineData("ResultSelector", "{\"a.$\":\"$\"}", "Task Parallel Map")]
    [InlineData("Retry", "[{\"ErrorEquals\":[\"E\"]}]", "Task Parallel Map")]
    [InlineData("Catch", "[{\"ErrorEquals\":[\"E\"],\"Next\":\"E\"}]", "Task Parallel Map")]
    [InlineData("Result", "{\"a\":1}", "Pass")]
    [InlineData("TimeoutSeconds", "5", "Task")]
    [InlineData("TimeoutSecondsPath", "\"$.a\"", "Task")]
    [InlineData("HeartbeatSeconds", "5", "Task")]
    [InlineData("HeartbeatSecondsPath", "\"$.a\"", "Task")]
    [InlineData("Default", "\"E\"", "Choice")]
    [InlineData("Error", "\"E\"", "Fail")]
    [InlineData("ErrorPath", "\"$.a\"", "Fail")]
    [InlineData("Cause", "\"C\"", "Fail")]
    [InlineData("CausePath", "\"$.a\"", "Fail")]
    [InlineData("ItemsPath", "\"$.a\"", "Map")]
    [InlineData("ItemSelector", "{\"a.$\":\"$\"}", "Map")]
    [InlineData("MaxConcurrency", "5", "Map")]
    [InlineData("MaxConcurrencyPath", "\"$.a\"", "Map")]
    public void A5_A_field_is_taken_where_the_type_has_it_and_refused_elsewhere(string field, string value, string types)
    {
        foreach (var type in Everywhere.Split(' '))
        {
            var taken = types.Split(' ').Contains(type, StringComparer.Ordinal);
            Assert.Equal(taken ? "" : $"SCHEMA_VALIDATION_FAILED: Field '{field}' is not supported at /States/S", Diagnostics(type, field, value));
        }
    }

    [Fact]
    public void A5_Assign_is_known_to_every_type_but_the_two_that_end()
    {
        foreach (var type in Everywhere.Split(' '))
        {
            var expected = type is "Succeed" or "Fail"
                ? "SCHEMA_VALIDATION_FAILED: Field 'Assign' is not supported at /States/S"
                : "NOT_SUPPORTED_YET: Assign is not supported yet at /States/S/Assign";
            Assert.Equal(expected, Diagnostics(type, "Assign", "{\"a\":1}"));
        }
    }

    [Theory]
    [InlineData("Output", "1")]
    [InlineData("Output", "null")]
    [InlineData("Arguments", "{}")]
    [InlineData("Arguments", "null")]
    [InlineData("Items", "[]")]
    [InlineData("Items", "null")]
    public void A6_Fields_of_JSONata_are_refused_in_states_of_JSONPath_of_any_type(string field, string value)
    {
        foreach (var type in Everywhere.Split(' '))
        {
            Assert.Equal(
                $"SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field '{field}' is only supported for the 'JSONata' QueryLanguage at /States/S",
                Diagnostics(type, field, value));
        }
    }

    private static string Diagnostics(string type, string field, string value) => Definition.Diagnostics(
        $"{{\"StartAt\":\"P\",\"States\":{{\"P\":{{\"Type\":\"Choice\",\"Choices\":[{{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"S\"}}],\"Default\":\"E\"}},"
        + $"\"S\":{{\"Type\":\"{type}\"{(Needed[type].Length == 0 ? "" : ",")}{Needed[type]},\"{field}\":{value}}},\"E\":{{\"Type\":\"Succeed\"}}}}}}");
}
