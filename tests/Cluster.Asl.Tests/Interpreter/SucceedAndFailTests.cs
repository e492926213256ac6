using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class SucceedAndFailTests
{
    [Fact]
    public void A15_Succeed_puts_its_input_out_through_InputPath_and_OutputPath()
    {
        var given = Given.States("""
            "A":{"Type":"Succeed","InputPath":"$.a","OutputPath":"$.b"}
            """).Started("""{"a":{"b":1}}""");
        Assert.Equal(["ExecutionStarted", "SucceedStateEntered A", "SucceedStateExited A", "ExecutionSucceeded"], given.Names());
        Assert.Equal("1", given.Output());
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData(",\"Error\":\"E\"", "E", null)]
    [InlineData(",\"Cause\":\"C\"", null, "C")]
    [InlineData(",\"ErrorPath\":\"$.e\",\"CausePath\":\"$.c\"", "e", "c")]
    [InlineData(",\"ErrorPath\":\"$$.State.Name\",\"Cause\":\"C\"", "A", "C")]
    public void A16_Fail_ends_with_what_it_names_and_is_never_left(string fields, string? error, string? cause)
    {
        var given = Given.States("\"A\":{\"Type\":\"Fail\"" + fields + "}").Started("""{"e":"e","c":"c"}""");
        Assert.Equal((error, cause), given.Failure());
        Assert.Equal(["ExecutionStarted", "FailStateEntered A", $"ExecutionFailed {error}: {cause}"], given.Names());
        Assert.Equal(ExecutionState.Failed, given.Execution.State);
    }

    [Theory]
    [InlineData("ErrorPath")]
    [InlineData("CausePath")]
    public void A16_A_path_of_Fail_that_leads_nowhere_is_a_runtime_error(string field) => Assert.Equal(
        $"The JSONPath '$.no' specified for the field '{field}' could not be found in the input '{{\"a\":1}}'",
        Given.States("\"A\":{\"Type\":\"Fail\",\"" + field + "\":\"$.no\"}").Started("""{"a": 1}""").RuntimeCause());

    [Fact]
    public void A16_A_path_of_Fail_must_lead_to_a_string()
    {
        var given = Given.States("\"A\":{\"Type\":\"Fail\",\"CausePath\":\"$.a\"}").Started("""{"a":1}""");
        Assert.Contains("CausePath", given.RuntimeCause(), StringComparison.Ordinal);
    }
}
