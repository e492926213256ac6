using Cluster.Asl.Tests.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Choices;

/// <summary>Type tests, And, Or and Not, and a variable that is not there (A64 to A66).</summary>
public sealed class TypeAndLogicRowTests
{
    private const string NoNumber = "\"Variable\":\"$.v\",\"IsString\":true";
    private const string Number = "\"Variable\":\"$.v\",\"IsNumeric\":true";
    private const string Absent = "\"Variable\":\"$.no\",\"IsString\":true";

    [Theory]
    [InlineData("null", "IsNull")]
    [InlineData("1.5", "IsNumeric")]
    [InlineData("\"1\"", "IsString")]
    [InlineData("\"true\"", "IsString")]
    [InlineData("false", "IsBoolean")]
    [InlineData("\"2016-03-14T01:59:00Z\"", "IsString IsTimestamp")]
    [InlineData("\"2016-03-14T01:59:00\"", "IsString")]
    [InlineData("\"2016-03-14\"", "IsString")]
    [InlineData("{}", "")]
    [InlineData("[]", "")]
    public void A64_A_type_test_asks_for_its_type_or_for_any_other(string variable, string types)
    {
        foreach (var name in (string[])["IsNull", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"])
        {
            var isType = types.Split(' ').Contains(name, StringComparer.Ordinal);
            Assert.Equal(isType, Operator.Holds(name, "true", variable));
            Assert.Equal(!isType, Operator.Holds(name, "false", variable));
        }
    }

    [Theory]
    [InlineData("null", true)]
    [InlineData("0", true)]
    [InlineData("{\"w\":0}", true)]
    public void A64_What_is_null_is_present(string variable, bool present)
    {
        Assert.Equal(present, Operator.Holds("IsPresent", "true", variable));
        Assert.Equal(!present, Operator.Holds("IsPresent", "false", variable));
    }

    [Theory]
    [InlineData("$.no")]
    [InlineData("$.v.no")]
    [InlineData("$.no.such.path")]
    [InlineData("$.l[3]")]
    [InlineData("$$.Map.Item.Index")]
    public void A64_Only_IsPresent_may_look_where_nothing_is(string path)
    {
        const string input = """{"v":1,"l":[1]}""";
        Assert.False(Operator.RuleHolds($"\"Variable\":\"{path}\",\"IsPresent\":true", input));
        Assert.True(Operator.RuleHolds($"\"Variable\":\"{path}\",\"IsPresent\":false", input));
        foreach (var name in (string[])["IsNull", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"])
            Assert.Equal(Missing(path), Operator.Run($"\"Variable\":\"{path}\",\"{name}\":false", input).RuntimeCause());
    }

    [Theory]
    [InlineData("\"And\":[{" + Number + "},{\"Variable\":\"$.v\",\"NumericGreaterThan\":1}]", true)]
    [InlineData("\"And\":[{" + Number + "},{" + NoNumber + "}]", false)]
    [InlineData("\"And\":[{" + Number + "}]", true)]
    [InlineData("\"Or\":[{" + NoNumber + "},{" + Number + "}]", true)]
    [InlineData("\"Or\":[{" + NoNumber + "}]", false)]
    [InlineData("\"Not\":{" + NoNumber + "}", true)]
    [InlineData("\"Not\":{\"Not\":{" + NoNumber + "}}", false)]
    [InlineData("\"Not\":{\"Or\":[{" + NoNumber + "},{\"And\":[{" + Number + "},{" + NoNumber + "}]}]}", true)]
    [InlineData("\"And\":[{" + NoNumber + "},{" + Absent + "}]", false)]
    [InlineData("\"Or\":[{" + Number + "},{" + Absent + "}]", true)]
    public void A65_And_Or_and_Not_nest_and_are_judged_no_further_than_needed(string rule, bool holds) =>
        Assert.Equal(holds, Operator.RuleHolds(rule, """{"v":3}"""));

    [Theory]
    [InlineData("\"Variable\":\"$\",\"NumericEquals\":3", "3", true)]
    [InlineData("\"Variable\":\"$\",\"IsPresent\":true", "null", true)]
    [InlineData("\"Variable\":\"$$.State.Name\",\"StringEquals\":\"A\"", "3", true)]
    [InlineData("\"Variable\":\"$$.Execution.Input.v\",\"NumericEquals\":3", "{\"v\":3}", true)]
    [InlineData("\"Variable\":\"$$\",\"IsNull\":false", "3", true)]
    [InlineData("\"Variable\":\"$.v\",\"StringEqualsPath\":\"$$.State.Name\"", "{\"v\":\"A\"}", true)]
    [InlineData("\"Variable\":\"$.l[0]['a b']\",\"NumericEquals\":3", "{\"l\":[{\"a b\":3}]}", true)]
    public void A65_A_variable_is_a_path_into_the_input_or_the_context_object(string rule, string input, bool holds) =>
        Assert.Equal(holds, Operator.RuleHolds(rule, input));

    [Theory]
    [InlineData("\"Variable\":\"$x\",\"IsNull\":true", "Variable reference '$x' is not supported yet at /States/S/Choices[0]/Variable")]
    [InlineData("\"And\":[]", "Value cannot be empty at /States/S/Choices[0]/And")]
    [InlineData("\"Or\":[]", "Value cannot be empty at /States/S/Choices[0]/Or")]
    [InlineData("\"Not\":[{" + Number + "}]", "Expected value of type Object at /States/S/Choices[0]/Not")]
    [InlineData("\"Not\":{" + Number + ",\"Next\":\"E\"}", "Field 'Next' is not supported at /States/S/Choices[0]/Not")]
    [InlineData("\"Or\":[{" + Number + "},{" + Number + ",\"Next\":\"E\"}]", "Field 'Next' is not supported at /States/S/Choices[0]/Or[1]")]
    public void A65_A_faulty_junction_and_a_variable_are_refused(string fields, string expected) =>
        Assert.Contains(expected, Condition.Machine(fields).InvalidDefinitionMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Variable\":\"$.no\",\"NumericEquals\":1", "$.no")]
    [InlineData("\"Variable\":\"$.no\",\"StringMatches\":\"*\"", "$.no")]
    [InlineData("\"Variable\":\"$.v\",\"NumericEqualsPath\":\"$.no.such\"", "$.no.such")]
    [InlineData("\"Not\":{" + Absent + "}", "$.no")]
    [InlineData("\"And\":[{" + Number + "},{" + Absent + "}]", "$.no")]
    public void A66_A_variable_that_names_nothing_fails_the_execution_and_takes_no_Default(string rule, string path) =>
        Assert.Equal(Missing(path), Operator.Run(rule, """{"v":1}""").RuntimeCause());

    [Fact]
    public void A66_A_value_of_another_type_is_no_match_and_the_next_rule_is_asked()
    {
        var given = Given.States("""
            "A":{"Type":"Choice","Choices":[{"Variable":"$.v","NumericEquals":1,"Next":"E"},{"Variable":"$.v","StringEquals":"1","Next":"F"}]},
            "E":{"Type":"Fail"},"F":{"Type":"Succeed"}
            """).Started("""{"v":"1"}""");
        Assert.Equal("SucceedStateEntered F", given.Names()[3]);
    }

    private static string Missing(string path) => $"Invalid path '{path}': The choice state's condition path references an invalid value.";
}
