using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Validation;

public sealed class TransitionDiagnosticTests
{
    private const string Missing = "MISSING_TRANSITION_TARGET: ";
    private const string NoEnd = "MISSING_END_STATE: Workflow has no terminal state at null";

    [Theory]
    [InlineData("A", """ "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"} """, NoEnd)]
    [InlineData("A", """ "A": {"Type": "Pass", "Next": "A"}, "B": {"Type": "Pass", "Next": "A"} """, NoEnd)]
    [InlineData("A", """ "A": {"Type": "Pass", "Next": "X"} """, Missing + "Missing 'Next' target: X at /States/A/Next, " + NoEnd)]
    [InlineData(
        "A",
        """ "A": {"Type": "Pass", "Next": "C"}, "B": {"Type": "Pass", "End": true} """,
        Missing + "Missing 'Next' target: C at /States/A/Next, " + Missing + "State \"B\" is not reachable. at /States/B")]
    [InlineData(
        "X",
        """ "A": {"Type": "Pass", "End": true} """,
        Missing + "Missing 'Next' target: X at /StartAt, " + Missing + "State \"A\" is not reachable. at /States/A")]
    [InlineData(
        "A",
        """ "A": {"Type": "Choice", "Choices": [{"Variable": "$", "IsNull": true, "Next": "X"}], "Default": "Y"}, "B": {"Type": "Fail"} """,
        Missing + "Missing 'Next' target: X at /States/A/Choices[0]/Next, " + Missing
        + "Missing 'Next' target: Y at /States/A/Default, " + Missing + "State \"B\" is not reachable. at /States/B")]
    [InlineData(
        "A",
        """
        "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "a/b"}], "End": true},
        "a/b": {"Type": "Succeed"}, "c/d": {"Type": "Succeed"}, "e": {"Type": "Pass", "Next": "c/d"}
        """,
        Missing + "State \"c/d\" is not reachable. at /States/c/d, " + Missing + "State \"e\" is not reachable. at /States/e")]
    [InlineData(
        "A",
        """
        "A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
              "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "b"}], "End": true},
        "B": {"Type": "Succeed"}
        """,
        Missing + "Missing 'Next' target: b at /States/A/Catch[0]/Next, " + Missing + "State \"B\" is not reachable. at /States/B")]
    [InlineData("A", """ "A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Succeed"} """, "")]
    [InlineData("A", """ "A": {"Type": "Wait", "Seconds": 0, "Next": "A2"}, "A2": {"Type": "Fail"} """, "")]
    public void The_states_must_lead_to_each_other_and_to_an_end(string startAt, string states, string expected) =>
        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "{{startAt}}", "States": {{{states}}} }"""));

    [Fact]
    public void A_state_that_is_not_understood_silences_what_would_follow_from_it()
    {
        const string text = """{"StartAt": "A", "States": {"A": {"Type": "Nap", "Next": "B"}, "B": {"Type": "Pass", "Next": "X"}}}""";

        Assert.Equal(
            "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: "
            + "[Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/A/Type, "
            + "MISSING_TRANSITION_TARGET: Missing 'Next' target: X at /States/B/Next",
            Definition.Diagnostics(text));
    }

    [Fact]
    public void A_name_with_half_of_a_surrogate_pair_is_refused() => Assert.StartsWith(
        "INVALID_STATE_NAME: Invalid State name: State 'a\ud800' has half of a surrogate pair at /States/",
        Definition.Diagnostics("""{"StartAt": "a\ud800", "States": {"a\ud800": {"Type": "Succeed"} } }"""));

    [Theory]
    [InlineData(80, "a", true)]
    [InlineData(81, "a", false)]
    [InlineData(80, "ü", true)]
    [InlineData(80, "😀", true)]
    [InlineData(81, "😀", false)]
    public void A_name_has_at_most_80_characters(int length, string character, bool valid)
    {
        var name = string.Concat(Enumerable.Repeat(character, length));
        var expected = valid
            ? ""
            : $"INVALID_STATE_NAME: Invalid State name: State '{name}' exceeds the 80-character limit allowed by the service at /States/{name}";

        Assert.Equal(expected, Definition.Diagnostics($$"""{"StartAt": "{{name}}", "States": {"{{name}}": {"Type": "Succeed"} } }"""));
    }
}
