using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Choice as a state. What each operator takes is told in the tests of choice rules.</summary>
public sealed class ChoiceTests
{
    private const string Ends = """
        ,"B":{"Type":"Pass","Result":"B","End":true},"C":{"Type":"Pass","Result":"C","End":true},"D":{"Type":"Pass","Result":"D","End":true}
        """;

    [Theory]
    [InlineData(1, "\"B\"")]
    [InlineData(2, "\"B\"")]
    [InlineData(3, "\"C\"")]
    [InlineData(9, "\"D\"")]
    public void A12_The_first_rule_that_holds_decides_and_Default_takes_the_rest(int value, string output) => Assert.Equal(
        output,
        Choose("""{"Variable":"$.v","NumericLessThan":3,"Next":"B"},{"Variable":"$.v","NumericLessThan":5,"Next":"C"}""", $$"""{"v":{{value}}}""").Output());

    [Fact]
    public void A12_Without_a_rule_that_holds_and_without_Default_the_execution_fails()
    {
        var given = Given.States("""
            "A":{"Type":"Choice","Choices":[{"Variable":"$.v","NumericEquals":1,"Next":"B"}]},"B":{"Type":"Succeed"}
            """).Started("""{"v":2}""");
        Assert.Equal(["ExecutionStarted", "ChoiceStateEntered A"], given.Names()[..2]);
        Assert.Equal(
            ("States.NoChoiceMatched", "An error occurred while executing the state 'A' (entered at the event id #2). Failed to transition out of the state. The state does not point to a next state."),
            given.Failure());
    }

    [Fact]
    public void A12_A_choice_passes_its_input_on_through_InputPath_and_OutputPath()
    {
        var given = Given.States("""
            "A":{"Type":"Choice","InputPath":"$.in","OutputPath":"$.o","Choices":[{"Variable":"$.v","IsNumeric":true,"Next":"B"}]},"B":{"Type":"Succeed"}
            """).Started("""{"in":{"v":1,"o":"out"}}""");
        Assert.Equal("\"out\"", given.Output());
        Assert.Equal("ChoiceStateExited A", given.Names()[2]);
    }

    [Theory]
    [InlineData("A60", "\"StringEquals\":\"é\"", "\"é\"", true)]
    [InlineData("A60", "\"StringEquals\":\"é\"", "\"e\\u0301\"", false)]
    [InlineData("A60", "\"StringLessThan\":\"a\"", "\"B\"", true)]
    [InlineData("A60", "\"StringMatches\":\"*.log\"", "\"x.log\"", true)]
    [InlineData("A60", "\"StringMatches\":\"a\\\\*\"", "\"a*\"", true)]
    [InlineData("A60", "\"StringMatches\":\"a\\\\*\"", "\"ab\"", false)]
    [InlineData("A60", "\"StringEqualsPath\":\"$.o\"", "\"other\"", true)]
    [InlineData("A61", "\"NumericEquals\":1", "1.0", true)]
    [InlineData("A61", "\"NumericEquals\":1", "\"1\"", false)]
    [InlineData("A61", "\"NumericGreaterThan\":1", "1e400", true)]
    [InlineData("A61", "\"NumericLessThanEqualsPath\":\"$.n\"", "4", true)]
    [InlineData("A62", "\"BooleanEquals\":true", "true", true)]
    [InlineData("A62", "\"BooleanEquals\":true", "\"true\"", false)]
    [InlineData("A62", "\"BooleanEqualsPath\":\"$.b\"", "false", true)]
    [InlineData("A63", "\"TimestampEquals\":\"2020-01-01T01:00:00+01:00\"", "\"2020-01-01T00:00:00Z\"", true)]
    [InlineData("A63", "\"TimestampLessThan\":\"2020-01-01T00:00:00Z\"", "\"not a time\"", false)]
    [InlineData("A63", "\"TimestampGreaterThanPath\":\"$.t\"", "\"2021-01-01T00:00:00Z\"", true)]
    [InlineData("A64", "\"IsNull\":true", "null", true)]
    [InlineData("A64", "\"IsPresent\":true", "null", true)]
    [InlineData("A64", "\"IsNumeric\":false", "\"1\"", true)]
    [InlineData("A64", "\"IsTimestamp\":true", "\"2020-01-01T00:00:00Z\"", true)]
    [InlineData("A64", "\"IsTimestamp\":true", "\"2020-01-01\"", false)]
    [InlineData("A64", "\"IsString\":true", "\"\"", true)]
    [InlineData("A64", "\"IsBoolean\":true", "0", false)]
    public void A60_to_A64_An_operator_takes_what_it_means_and_of_other_types_nothing(string row, string test, string value, bool holds)
    {
        var input = $$"""{"v":{{value}},"o":"other","n":4,"b":false,"t":"2020-06-01T00:00:00Z"}""";
        var given = Choose("{\"Variable\":\"$.v\"," + test + ",\"Next\":\"B\"}", input);
        Assert.True(given.Output() == (holds ? "\"B\"" : "\"D\""), row);
    }

    [Theory]
    [InlineData("\"And\":[{\"Variable\":\"$.v\",\"IsNumeric\":true},{\"Variable\":\"$.v\",\"NumericGreaterThan\":1}]", true)]
    [InlineData("\"And\":[{\"Variable\":\"$.v\",\"IsNumeric\":true},{\"Variable\":\"$.v\",\"NumericGreaterThan\":5}]", false)]
    [InlineData("\"Or\":[{\"Variable\":\"$.v\",\"IsString\":true},{\"Variable\":\"$.v\",\"NumericEquals\":3}]", true)]
    [InlineData("\"Not\":{\"Or\":[{\"Variable\":\"$.v\",\"IsString\":true},{\"Variable\":\"$.v\",\"IsNull\":true}]}", true)]
    [InlineData("\"Variable\":\"$$.State.Name\",\"StringEquals\":\"A\"", true)]
    [InlineData("\"Not\":{\"Variable\":\"$\",\"IsPresent\":true}", false)]
    public void A65_And_Or_and_Not_nest_and_a_variable_may_stand_in_the_context_object(string rule, bool holds) =>
        Assert.Equal(holds ? "\"B\"" : "\"D\"", Choose("{" + rule + ",\"Next\":\"B\"}", """{"v":3}""").Output());

    [Fact]
    public void A66_A_variable_that_names_nothing_fails_the_execution_and_takes_no_Default() => Assert.Equal(
        "Invalid path '$.foo': The choice state's condition path references an invalid value.",
        Choose("""{"Variable":"$.foo","NumericEquals":1,"Next":"B"}""", "{}").RuntimeCause());

    [Fact]
    public void A66_Only_IsPresent_may_look_where_nothing_is()
    {
        Assert.Equal("\"B\"", Choose("""{"Variable":"$.foo","IsPresent":false,"Next":"B"}""", "{}").Output());
        Assert.Equal(
            "Invalid path '$.foo': The choice state's condition path references an invalid value.",
            Choose("""{"Variable":"$.foo","IsNull":true,"Next":"B"}""", "{}").RuntimeCause());
    }

    private static Given Choose(string rules, string input) => Given.States(
        "\"A\":{\"Type\":\"Choice\",\"Choices\":[" + rules
        + (rules.Contains("\"C\"", StringComparison.Ordinal) ? "" : ",{\"Variable\":\"$$.State.Name\",\"StringEquals\":\"never\",\"Next\":\"C\"}")
        + "],\"Default\":\"D\"}" + Ends).Started(input);
}
