using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

/// <summary>What the language has and this engine has not yet is refused when a machine is made, by its name.</summary>
public sealed class UnbuiltRowTests
{
    private const string NotYet = "NOT_SUPPORTED_YET: ";
    private const string Lambda = "\"Type\":\"Task\",\"End\":true,\"Resource\":\"arn:aws:lambda:us-east-1:123456789012:function:f\"";

    [Fact]
    public void A2_A_machine_of_JSONata_is_refused_by_that_name() => Assert.Equal(
        NotYet + "QueryLanguage 'JSONata' is not supported yet at /QueryLanguage",
        Definition.Diagnostics("""{"QueryLanguage":"JSONata","StartAt":"S","States":{"S":{"Type":"Pass","Output":"{% 1 %}","End":true} } }"""));

    [Theory]
    [InlineData("")]
    [InlineData("\"QueryLanguage\":\"JSONPath\",")]
    public void A2_A_state_of_JSONata_is_refused_in_a_machine_of_JSONPath(string machine) => Assert.Equal(
        NotYet + "QueryLanguage 'JSONata' is not supported yet at /States/S/QueryLanguage",
        Definition.Diagnostics($"{{{machine}\"StartAt\":\"S\",\"States\":{{\"S\":{{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONata\",\"Output\":\"{{% 1 %}}\",\"End\":true}}}}}}"));

    [Fact]
    public void A2_JSONPath_may_be_named_by_the_machine_and_by_each_state() => Assert.Equal(
        "", Definition.Diagnostics("""{"QueryLanguage":"JSONPath","StartAt":"S","States":{"S":{"Type":"Pass","QueryLanguage":"JSONPath","End":true} } }"""));

    [Theory]
    [InlineData("\"Choices\":[{\"Condition\":\"{% true %}\",\"Next\":\"E\"}]", "Condition", "/States/S/Choices[0]")]
    [InlineData("\"Choices\":[{\"Variable\":\"$\",\"IsNull\":true,\"Next\":\"E\",\"Output\":1}]", "Output", "/States/S/Choices[0]")]
    public void A6_A_rule_of_JSONata_is_refused_in_a_state_of_JSONPath(string fields, string field, string location) => Assert.Contains(
        $"SCHEMA_VALIDATION_FAILED: The QueryLanguage is set to 'JSONPath', but field '{field}' is only supported for the 'JSONata' QueryLanguage at {location}",
        Definition.Diagnostics($"{{\"StartAt\":\"S\",\"States\":{{\"S\":{{\"Type\":\"Choice\",\"Default\":\"E\",{fields}}},\"E\":{{\"Type\":\"Succeed\"}}}}}}"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Lambda + ",\"Credentials\":{\"RoleArn\":\"arn:aws:iam::123456789012:role/other\"}")]
    [InlineData(Lambda + ",\"Credentials\":{\"RoleArn.$\":\"$.role\"}")]
    public void A82_Credentials_are_refused_by_that_name(string fields) => Told(NotYet + "Credentials is not supported yet at /States/S/Credentials", fields);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"InvalidField\":\"invalid\"}")]
    public void A82_Credentials_must_name_a_role(string credentials) => Assert.Contains(
        "SCHEMA_VALIDATION_FAILED: The field 'RoleArn' is required but was missing at /States/S/Credentials",
        OneState($"{Lambda},\"Credentials\":{credentials}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Type\":\"Pass\",\"End\":true,\"Assign\":{\"x\":1}", "Assign is not supported yet at /States/S/Assign")]
    [InlineData("\"Type\":\"Pass\",\"End\":true,\"InputPath\":\"$x.y\"", "Variable reference '$x.y' is not supported yet at /States/S/InputPath")]
    [InlineData("\"Type\":\"Pass\",\"End\":true,\"Parameters\":{\"a.$\":\"$x\"}", "Variable reference '$x' is not supported yet at /States/S/Parameters/a.$")]
    public void A50_Variables_are_refused_by_that_name(string fields, string expected) => Told(NotYet + expected, fields);

    [Fact]
    public void A19_A_distributed_map_is_refused_by_that_name() => Told(
        NotYet + "Map of Mode 'DISTRIBUTED' is not supported yet at /States/S/ItemProcessor/ProcessorConfig/Mode",
        "\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"DISTRIBUTED\",\"ExecutionType\":\"STANDARD\"},\"StartAt\":\"I\",\"States\":{\"I\":{\"Type\":\"Succeed\"}}}");

    private static void Told(string expected, string fields) => Assert.Equal(expected, OneState(fields));

    private static string OneState(string fields) => Definition.Diagnostics($"{{\"StartAt\":\"S\",\"States\":{{\"S\":{{{fields}}}}}}}");
}
