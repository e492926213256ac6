using Cluster.Asl.Parsing.States;
using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Choices;

public sealed class ChoiceRuleDiagnosticTests
{
    private const string Schema = "SCHEMA_VALIDATION_FAILED: ";
    private const string At = " at /States/S/Choices[0]";

    [Theory]
    [InlineData("\"Choices\": []", Schema + "Value cannot be empty at /States/S/Choices")]
    [InlineData("\"Choices\": {}", Schema + "Expected value of type Array at /States/S/Choices")]
    [InlineData("\"Choices\": [7]", Schema + "Expected value of type Object" + At)]
    [InlineData("\"Default\": \"E\"", Schema + "These fields are required: [Choices] at /States/S")]
    [InlineData("\"Choices\": [{\"Variable\": \"$\", \"IsNull\": true}]", Schema + "These fields are required: [Next]" + At)]
    public void A_Choice_needs_rules_that_lead_on(string fields, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "S", "States": {"S": {"Type": "Choice", {{fields}}}, "E": {"Type": "Succeed"} } }"""));

    [Theory]
    [InlineData("\"Comment\": \"x\"", Schema + "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]" + At)]
    [InlineData(
        "\"Not\": {\"Variable\": \"$\", \"IsNull\": true}, \"And\": []",
        Schema + "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]" + At)]
    [InlineData(
        "\"Condition\": \"{% true %}\"",
        Schema + "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for the 'JSONata' QueryLanguage" + At)]
    [InlineData("\"Not\": {\"Variable\": \"$\", \"IsNull\": true}, \"StringEquals\": \"a\"", Schema + "Field 'StringEquals' is not supported" + At)]
    [InlineData("\"And\": []", Schema + "Value cannot be empty" + At + "/And")]
    [InlineData("\"Or\": {}", Schema + "Expected value of type Array" + At + "/Or")]
    [InlineData("\"Or\": [1]", Schema + "Expected value of type Object" + At + "/Or[0]")]
    [InlineData("\"Not\": []", Schema + "Expected value of type Object" + At + "/Not")]
    [InlineData("\"Not\": {\"Variable\": \"$\", \"IsNull\": true, \"Next\": \"E\"}", Schema + "Field 'Next' is not supported" + At + "/Not")]
    [InlineData("\"And\": [{\"Variable\": \"$\", \"IsNull\": true, \"Next\": \"E\"}]", Schema + "Field 'Next' is not supported" + At + "/And[0]")]
    [InlineData("\"Variable\": \"$\", \"IsNull\": true, \"IsNil\": true", Schema + "Field 'IsNil' is not supported" + At)]
    [InlineData("\"Variable\": \"$\", \"IsNull\": \"true\"", Schema + "Expected value of type Boolean" + At + "/IsNull")]
    [InlineData("\"Variable\": \"$\", \"StringEquals\": 1", Schema + "Expected value of type String" + At + "/StringEquals")]
    [InlineData("\"Variable\": \"$\", \"StringMatches\": 1", Schema + "Expected value of type String" + At + "/StringMatches")]
    [InlineData("\"Variable\": \"$\", \"NumericLessThan\": \"1\"", Schema + "Expected value of type Number" + At + "/NumericLessThan")]
    [InlineData("\"Variable\": \"$\", \"BooleanEquals\": 1", Schema + "Expected value of type Boolean" + At + "/BooleanEquals")]
    [InlineData("\"Variable\": \"$\", \"TimestampEquals\": \"now\"", Schema + "String does not match RFC3339 timestamp" + At + "/TimestampEquals")]
    [InlineData("\"Variable\": \"$\", \"StringEqualsPath\": 1", Schema + "Expected value of type String" + At + "/StringEqualsPath")]
    [InlineData(
        "\"Variable\": \"$\", \"StringEqualsPath\": \"a\"",
        Schema + "Value is not a Reference Path: Reference path didn't start with '$'" + At + "/StringEqualsPath")]
    [InlineData(
        "\"Variable\": \"States.UUID()\", \"StringEquals\": \"a\"",
        Schema + "Value is not a Reference Path: Reference path didn't start with '$'" + At + "/Variable")]
    [InlineData("\"Variable\": \"$.a[*]\", \"IsNull\": true", Schema + "Value is not a Reference Path" + At + "/Variable")]
    [InlineData("\"Variable\": \"$x\", \"IsNull\": true", "NOT_SUPPORTED_YET: Variable reference '$x' is not supported yet" + At + "/Variable")]
    [InlineData("\"Variable\": \"$\", \"IsNull\": true, \"Assign\": {}", "NOT_SUPPORTED_YET: Assign is not supported yet" + At + "/Assign")]
    [InlineData("\"Variable\": \"$\", \"StringMatchesPath\": \"$\"", Schema + "Field 'StringMatchesPath' is not supported" + At, true)]
    [InlineData("\"Variable\": \"$\", \"BooleanLessThan\": true", Schema + "Field 'BooleanLessThan' is not supported" + At, true)]
    public void A_faulty_rule_is_refused(string fields, string expected, bool alsoWithoutOperator = false)
    {
        var result = Condition.Machine(fields);

        Assert.False(result.IsValid);
        var told = result.InvalidDefinitionMessage;
        if (alsoWithoutOperator)
            Assert.StartsWith($"Invalid State Machine Definition: '{expected}, {Schema}This object should have only one of", told, StringComparison.Ordinal);
        else
            Assert.Equal($"Invalid State Machine Definition: '{expected}'", told);
    }

    [Fact]
    public void A_rule_with_two_operators_is_refused()
    {
        var result = Condition.Machine("\"Variable\": \"$\", \"IsNull\": true, \"IsString\": true");

        Assert.StartsWith("There should only be one of the following fields: [StringEquals, ", Assert.Single(result.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_language_has_39_operators() => Assert.Equal(39, ChoiceOperators.ByName.Count);

    [Theory]
    [InlineData(ChoiceReader.MaxRuleDepth, "")]
    [InlineData(ChoiceReader.MaxRuleDepth + 1, "TOO_DEEPLY_NESTED")]
    [InlineData(10_000, "INVALID_JSON_DESCRIPTION")]
    [InlineData(200_000, "INVALID_JSON_DESCRIPTION")]
    public void Rules_are_nested_only_so_deep(int depth, string code)
    {
        var nested = string.Concat(Enumerable.Repeat("\"Not\": {", depth)) + "\"Variable\": \"$\", \"IsNull\": true" + new string('}', depth);

        var result = Condition.Machine(nested);

        Assert.Equal(code, string.Join(' ', result.Diagnostics.Select(d => d.Code)));
    }
}
