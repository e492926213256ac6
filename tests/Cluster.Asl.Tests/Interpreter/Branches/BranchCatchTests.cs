using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>Catch of Parallel and Map, and which failures inside them reach it.</summary>
public sealed class BranchCatchTests
{
    private const string All = "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":\"$.e\",\"Next\":\"B\"}]";

    [Theory]
    [InlineData("Parallel", "", """{"Error":"Boom","Cause":"why"}""")]
    [InlineData("Map", "", """{"Error":"Boom","Cause":"why"}""")]
    [InlineData("Parallel", ",\"ResultPath\":\"$.x.y\"", """{"items":[0],"x":{"y":{"Error":"Boom","Cause":"why"}}}""")]
    [InlineData("Map", ",\"ResultPath\":\"$.x.y\"", """{"items":[0],"x":{"y":{"Error":"Boom","Cause":"why"}}}""")]
    [InlineData("Parallel", ",\"ResultPath\":null", """{"items": [0]}""")]
    [InlineData("Map", ",\"ResultPath\":null", """{"items": [0]}""")]
    public void A78_The_error_is_put_into_the_raw_input_where_the_catcher_says(string type, string fields, string output) => Assert.Equal(
        output,
        Branching.Of(type, Branching.Boom, "\"InputPath\":\"$.items\",\"Catch\":[{\"ErrorEquals\":[\"Boom\"],\"Next\":\"B\"" + fields + "}]")
            .Started("""{"items": [0]}""").Output());

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A78_ResultSelector_ResultPath_and_OutputPath_of_the_state_do_not_touch_a_caught_error(string type)
    {
        var given = Branching.Of(type, Branching.Boom, """
            "ResultSelector":{"no.$":"$.no"},"ResultPath":"$.no.r","OutputPath":"$.no","Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """).Started("""{"items":[0]}""");
        Assert.Equal("""{"Error":"Boom","Cause":"why"}""", given.Output());
        Assert.Contains("PassStateEntered B {\"Error\":\"Boom\",\"Cause\":\"why\"}", given.History()[^3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Parallel")]
    [InlineData("Map")]
    public void A78_A_failure_without_a_name_is_taken_by_States_ALL_only(string type)
    {
        Assert.Equal((null, null), Branching.Of(type, "\"Type\":\"Fail\"", "\"Catch\":[{\"ErrorEquals\":[\"E\",\"States.TaskFailed\"],\"Next\":\"B\"}]")
            .Started("""{"items":[0]}""").Failure());
        Assert.Equal("""{"items":[0],"e":{"Error":null,"Cause":null}}""", Branching.Of(type, "\"Type\":\"Fail\"", All).Started("""{"items":[0]}""").Output());
    }

    [Fact]
    public void A78_What_a_branch_catches_itself_its_parallel_does_not_see()
    {
        var task = Given.TaskFields("\"Catch\":[{\"ErrorEquals\":[\"E\"],\"ResultPath\":\"$.e\",\"Next\":\"End\"}]") + ",\"Next\":\"End\"},\"End\":{\"Type\":\"Succeed\"";
        var given = Branching.Parallel([task, Branching.Task()], All).Started();
        given.Failed("/1.0.0", "E", "c").Answered("/1.0.1", "2");
        Assert.Equal("""[{"e":{"Error":"E","Cause":"c"}},2]""", given.Output());
    }

    [Fact]
    public void A12_A_choice_without_a_match_fails_its_branch_and_the_parallel_can_catch_it()
    {
        const string choice = "\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$.v\",\"NumericEquals\":1,\"Next\":\"End\"}]},\"End\":{\"Type\":\"Succeed\"";
        Assert.StartsWith(
            "{\"v\":2,\"e\":{\"Error\":\"States.NoChoiceMatched\",\"Cause\":\"An error occurred while executing the state 'I0' (entered at the event id #4). ",
            Branching.Parallel([choice], All).Started("""{"v":2}""").Output());
    }

    [Theory]
    [InlineData("A70", "Boom", true)]
    [InlineData("A70", "boom", false)]
    [InlineData("A70", "States.BranchFailed", false)]
    [InlineData("A71", "States.ALL", true)]
    [InlineData("A72", "States.TaskFailed", true)]
    [InlineData("A72", "States.Timeout", false)]
    public void A17_Retry_and_Catch_of_a_parallel_see_the_error_of_its_branch(string row, string name, bool taken)
    {
        var caught = Branching.Parallel([Branching.Boom], $"\"Catch\":[{{\"ErrorEquals\":[\"{name}\"],\"Next\":\"B\"}}]").Started();
        Assert.True(caught.Execution.State == (taken ? ExecutionState.Succeeded : ExecutionState.Failed), row);
        var retried = Branching.Parallel([Branching.Boom], $"\"Retry\":[{{\"ErrorEquals\":[\"{name}\"]}}]").Started();
        Assert.True(retried.Execution.State == (taken ? ExecutionState.Running : ExecutionState.Failed), row);
    }

    [Theory]
    [InlineData("\"TimeoutSeconds\":9,\"HeartbeatSeconds\":5", "States.HeartbeatTimeout", true)]
    [InlineData("\"TimeoutSeconds\":9,\"HeartbeatSeconds\":5", "States.Timeout", true)]
    [InlineData("\"TimeoutSeconds\":5", "States.HeartbeatTimeout", false)]
    [InlineData("\"TimeoutSeconds\":5", "States.Timeout", true)]
    [InlineData("\"TimeoutSeconds\":5", "States.TaskFailed", false)]
    public void A73_A_map_sees_a_timeout_and_a_missed_heartbeat_of_an_iteration_as_the_task_does(string times, string name, bool taken)
    {
        var given = Branching.Map(Branching.Task(times), $"\"Catch\":[{{\"ErrorEquals\":[\"{name}\"],\"Next\":\"B\"}}]").Started("""{"items":[0]}""").After(5);
        if (taken)
            Assert.Equal("""{"Error":"States.Timeout","Cause":""}""", given.Output());
        else
            Assert.Equal(("States.Timeout", null), given.Failure());
    }

    [Theory]
    [InlineData("Parallel", "#4")]
    [InlineData("Map", "#5")]
    public void A79_A_runtime_error_in_a_branch_can_be_caught_nowhere(string type, string id)
    {
        const string taken = """
            "Retry":[{"ErrorEquals":["States.Runtime"]},{"ErrorEquals":["States.ALL"]}],
            "Catch":[{"ErrorEquals":["States.Runtime","States.TaskFailed"],"Next":"B"},{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """;
        var given = Branching.Of(type, "\"Type\":\"Pass\",\"InputPath\":\"$.no.such\",\"End\":true", taken).Started("""{"items":[{}]}""");
        Assert.Equal(
            ("States.Runtime", $"An error occurred while executing the state 'I0' (entered at the event id {id}). Invalid path '$.no.such' : Missing property in path $['no']"),
            given.Failure());
    }

    [Theory]
    [InlineData("Parallel", 5)]
    [InlineData("Map", 6)]
    public void A79_The_history_limit_inside_a_branch_ends_the_execution(string type, int limit)
    {
        const string taken = """
            "Retry":[{"ErrorEquals":["States.ALL"]}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """;
        var given = Branching.Of(type, Branching.Pass, taken, limits: new Limits { HistoryEvents = limit }).Started("""{"items":[0]}""");
        Assert.Equal(("States.Runtime", $"The execution reached the maximum number of history events ({limit})."), given.Failure());
        Assert.Equal("PassStateEntered I0", given.Names()[^2]);
    }
}
