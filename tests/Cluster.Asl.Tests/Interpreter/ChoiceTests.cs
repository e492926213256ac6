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

    [Theory]
    [InlineData("""{"l":[1]}""", "\"B\"")]
    [InlineData("""{"l":[null]}""", "\"B\"")]
    [InlineData("""{"l":[]}""", "\"D\"")]
    [InlineData("{}", "\"D\"")]
    public void A64_IsPresent_of_the_first_element_tells_whether_an_array_has_one(string input, string output) =>
        Assert.Equal(output, Choose("""{"Variable":"$.l[0]","IsPresent":true,"Next":"B"},{"Variable":"$$.State.Name","StringEquals":"no","Next":"C"}""", input).Output());

    [Theory]
    [InlineData("null", "Unable to apply Path transformation to null or empty input.")]
    [InlineData("""{"l":[]}""", "Invalid path '$.l[0]': The choice state's condition path references an invalid value.")]
    public void A66_A_condition_on_what_is_not_there_fails_the_execution(string input, string cause) =>
        Assert.Equal(cause, Choose("""{"Variable":"$.l[0]","IsString":true,"Next":"B"},{"Variable":"$$.State.Name","StringEquals":"no","Next":"C"}""", input).RuntimeCause());

    [Fact]
    public void A12_A_choice_passes_its_input_on_through_InputPath_and_OutputPath()
    {
        var given = Given.States("""
            "A":{"Type":"Choice","InputPath":"$.in","OutputPath":"$.o","Choices":[{"Variable":"$.v","IsNumeric":true,"Next":"B"}]},"B":{"Type":"Succeed"}
            """).Started("""{"in":{"v":1,"o":"out"}}""");
        Assert.Equal("\"out\"", given.Output());
        Assert.Equal("ChoiceStateExited A", given.Names()[2]);
    }

    private static Given Choose(string rules, string input) => Given.States(
        "\"A\":{\"Type\":\"Choice\",\"Choices\":[" + rules
        + "],\"Default\":\"D\"}" + Ends).Started(input);
}
