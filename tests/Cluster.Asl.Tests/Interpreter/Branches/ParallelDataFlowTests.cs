using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>InputPath, Parameters, the branches, ResultSelector, ResultPath, OutputPath of Parallel.</summary>
public sealed class ParallelDataFlowTests
{
    [Fact]
    public void A30_A_parallel_passes_all_its_fields_in_the_order_of_a_task()
    {
        var given = Branching.Parallel(
            [Branching.Pass, Branching.Pass],
            """
            "InputPath":"$.in","Parameters":{"p.$":"$.x","n.$":"$$.State.Name"},"ResultSelector":{"first.$":"$[0].p","all.$":"$"},
            "ResultPath":"$.out.r","OutputPath":"$.out"
            """).Started("""{"in":{"x":1},"out":{"kept":true}}""");
        Assert.Equal("3 2 ParallelStateStarted {\"p\":1,\"n\":\"A\"}", given.History()[2]);
        Assert.Equal("""{"kept":true,"r":{"first":1,"all":[{"p":1,"n":"A"},{"p":1,"n":"A"}]}}""", given.Output());
    }

    [Fact]
    public void A17_What_one_branch_makes_of_its_input_no_other_branch_sees()
    {
        const string adds = "\"Type\":\"Pass\",\"Result\":1,\"ResultPath\":\"$.added\",\"End\":true";
        Assert.Equal("""[{"a":0,"added":1},{"a":0}]""", Branching.Parallel([adds, Branching.Pass]).Started("""{"a":0}""").Output());
    }

    [Fact]
    public void A17_The_result_is_in_the_order_of_branches_whoever_ends_first()
    {
        var given = Branching.Parallel([Branching.Task(), Branching.Task(), Branching.Pass]).Started("0");
        given.Answered("/1.0.1", "\"second\"").Answered("/1.0.0", "\"first\"");
        Assert.Equal("""["first","second",0]""", given.Output());
    }

    [Fact]
    public void A15_Succeed_ends_only_its_own_branch()
    {
        var given = Branching.Parallel(["\"Type\":\"Succeed\"", Branching.Task()]).Started("1");
        Assert.Equal(Cluster.Asl.Interpreter.ExecutionState.Running, given.Execution.State);
        Assert.Equal("[1,2]", given.Answered("/1.0.1", "2").Output());
    }

    [Theory]
    [InlineData("\"InputPath\":null", "[{}]")]
    [InlineData("\"OutputPath\":null", "{}")]
    [InlineData("\"ResultPath\":null", """{"a":1}""")]
    [InlineData("\"InputPath\":null,\"ResultPath\":null", """{"a":1}""")]
    [InlineData("\"InputPath\":null,\"Parameters\":{\"all.$\":\"$\"}", """[{"all":{}}]""")]
    [InlineData("\"Parameters\":{\"b\":2},\"ResultPath\":null", """{"a":1}""")]
    public void A31_Null_empties_the_input_empties_the_output_or_throws_the_result_away(string fields, string output) =>
        Assert.Equal(output, Branching.Parallel([Branching.Pass], fields).Started("""{"a":1}""").Output());

    [Theory]
    [InlineData("$.r", """{"a":1,"r":[9]}""")]
    [InlineData("$.r.s", """{"a":1,"r":{"s":[9]}}""")]
    [InlineData("$", "[9]")]
    public void A32_ResultPath_writes_into_the_raw_input(string path, string output) => Assert.Equal(
        output,
        Branching.Parallel(["\"Type\":\"Pass\",\"Result\":9,\"End\":true"], $"\"InputPath\":null,\"Parameters\":{{\"p\":1}},\"ResultPath\":\"{path}\"")
            .Started("""{"a":1}""").Output());

    [Fact]
    public void A32_A_result_that_fits_nowhere_fails_the_state_and_can_be_caught()
    {
        const string field = "\"ResultPath\":\"$.a.b\"";
        var given = Branching.Parallel([Branching.Pass], field).Started("""{"a":1}""");
        Assert.Equal("States.ResultPathMatchFailure", given.Failure().Error);
        Assert.StartsWith("An error occurred while executing the state 'A' (entered at the event id #2). ", given.Failure().Cause);

        var caught = Branching.Parallel(
            [Branching.Pass], field + ",\"Catch\":[{\"ErrorEquals\":[\"States.ResultPathMatchFailure\"],\"ResultPath\":null,\"Next\":\"B\"}]");
        Assert.Equal("""{"a":1}""", caught.Started("""{"a":1}""").Output());
    }

    [Theory]
    [InlineData("\"InputPath\":\"$.no\"", "Invalid path '$.no' : No results for path: $['no']")]
    [InlineData("\"Parameters\":{\"v.$\":\"$.no\"}", "The JSONPath '$.no' specified for the field 'v.$' could not be found in the input '{\"a\":1}'")]
    [InlineData("\"ResultSelector\":{\"v.$\":\"$[0].no\"}", "The JSONPath '$[0].no' specified for the field 'v.$' could not be found in the input '[{\"a\":1}]'")]
    [InlineData("\"OutputPath\":\"$.no\"", "Invalid path '$.no' : ")]
    public void A34_A_path_that_leads_nowhere_fails_the_execution_and_the_state_is_named(string fields, string cause) =>
        Assert.StartsWith(cause, Branching.Parallel([Branching.Pass], fields).Started("""{"a": 1}""").RuntimeCause());

    [Fact]
    public void A35_An_indefinite_path_that_finds_nothing_is_an_empty_array() => Assert.Equal(
        """{"v":[]}""",
        Branching.Parallel([Branching.Pass], "\"InputPath\":\"$.none[*]\",\"ResultSelector\":{\"v.$\":\"$[0][?(@.x)]\"}").Started().Output());

    [Fact]
    public void A37_The_context_object_can_be_read_by_every_field_of_a_parallel()
    {
        Assert.Equal("[\"run\"]", Branching.Parallel([Branching.Pass], "\"InputPath\":\"$$.Execution.Name\"").Started().Output());
        Assert.Equal(
            """{"n":"machine"}""",
            Branching.Parallel([Branching.Pass], "\"ResultSelector\":{\"n.$\":\"$$.StateMachine.Name\"}").Started().Output());
        Assert.Equal("\"A\"", Branching.Parallel([Branching.Pass], "\"OutputPath\":\"$$.State.Name\"").Started().Output());
    }
}
