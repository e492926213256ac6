using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Which names take which errors, in Retry and in Catch.</summary>
public sealed class ReservedErrorTests
{
    private const string Times = "\"TimeoutSeconds\":10,\"HeartbeatSeconds\":5,";

    [Theory]
    [InlineData("Custom", "Custom", true)]
    [InlineData("Custom", "custom", false)]
    [InlineData("Custom", "Custo", false)]
    [InlineData("Other", "Custom", false)]
    [InlineData("Custom", "Cust*", false)]
    [InlineData("States.BranchFailed", "States.BranchFailed", true)]
    [InlineData("States.DataLimitExceeded", "States.DataLimitExceeded", true)]
    [InlineData("States.Http.Socket", "States.Http.Socket", true)]
    [InlineData("States.Http.StatusCode.404", "States.Http.StatusCode.404", true)]
    [InlineData("States.IntrinsicFailure", "States.IntrinsicFailure", true)]
    [InlineData("States.NoChoiceMatched", "States.NoChoiceMatched", true)]
    [InlineData("States.ParameterPathFailure", "States.ParameterPathFailure", true)]
    [InlineData("States.Permissions", "States.Permissions", true)]
    [InlineData("States.ResultPathMatchFailure", "States.ResultPathMatchFailure", true)]
    [InlineData("States.TaskFailed", "States.TaskFailed", true)]
    [InlineData("States.Timeout", "States.Timeout", true)]
    public void A70_A_name_takes_the_error_of_just_that_name(string error, string name, bool taken) => AssertTaken(error, name, taken);

    [Theory]
    [InlineData("Custom", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("States.Timeout", true)]
    [InlineData("States.TaskFailed", true)]
    [InlineData("States.DataLimitExceeded", true)]
    [InlineData("States.Runtime", false)]
    public void A71_States_ALL_takes_everything_but_States_Runtime(string? error, bool taken) => AssertTaken(error, "States.ALL", taken);

    [Theory]
    [InlineData("States.ALL", false)]
    [InlineData("States.DataLimitExceeded", true)]
    [InlineData("States.TaskFailed", true)]
    public void A71_As_the_guide_says_States_ALL_does_not_take_a_payload_that_is_too_large(string name, bool taken)
    {
        var limits = new Limits { AllTakesDataLimitExceeded = false };
        AssertTaken("States.DataLimitExceeded", name, taken, limits);
        AssertTaken("Custom", "States.ALL", taken: true, limits);
    }

    [Fact]
    public void A71_States_Runtime_is_not_taken_by_its_own_name_either() => AssertTaken("States.Runtime", "States.Runtime", taken: false);

    [Theory]
    [InlineData("\"States.ALL\",\"E\"", "")]
    [InlineData("\"E\",\"States.ALL\"", "")]
    [InlineData("\"States.ALL\"", ",{\"ErrorEquals\":[\"E\"]LAST}")]
    public void A71_States_ALL_stands_alone_and_last(string errors, string behind)
    {
        foreach (var (field, last) in ((string, string)[])[("Retry", ""), ("Catch", ",\"Next\":\"B\"")])
        {
            var handlers = $"\"{field}\":[{{\"ErrorEquals\":[{errors}]{last}}}{behind.Replace("LAST", last, StringComparison.Ordinal)}]";
            var told = Parsing.Definition.Diagnostics(
                "{\"StartAt\":\"A\",\"States\":{\"A\":{" + Given.TaskFields(handlers) + ",\"Next\":\"B\"},\"B\":{\"Type\":\"Succeed\"}}}");
            Assert.StartsWith("SCHEMA_VALIDATION_FAILED: States.ALL must appear alone and at end of list at /States/A/" + field, told);
        }
    }

    [Theory]
    [InlineData("Custom", true)]
    [InlineData("Lambda.Unknown", true)]
    [InlineData("States.TaskFailed", true)]
    [InlineData("States.DataLimitExceeded", true)]
    [InlineData("States.Timeout", false)]
    [InlineData("States.Runtime", false)]
    [InlineData(null, false)]
    public void A72_States_TaskFailed_takes_every_error_of_a_task_but_timeouts(string? error, bool taken) => AssertTaken(error, "States.TaskFailed", taken);

    [Theory]
    [InlineData("States.Timeout", 10, true)]
    [InlineData("States.Timeout", 5, true)]
    [InlineData("States.HeartbeatTimeout", 5, true)]
    [InlineData("States.HeartbeatTimeout", 10, false)]
    [InlineData("States.TaskFailed", 5, false)]
    [InlineData("States.TaskFailed", 10, false)]
    [InlineData("States.ALL", 5, true)]
    [InlineData("States.ALL", 10, true)]
    public void A73_A_missed_heartbeat_is_a_timeout_that_has_a_name_of_its_own(string name, int after, bool taken)
    {
        var times = after == 10 ? "\"TimeoutSeconds\":10," : Times;
        var given = Given.TaskAndB($$"""
            {{times}}"Catch":[{"ErrorEquals":["{{name}}"],"Next":"B"}]
            """).Started().After(after);
        Assert.Equal("TaskTimedOut", given.Names()[4]);
        if (taken)
            Assert.Equal("""{"Error":"States.Timeout","Cause":""}""", given.Output());
        else
            Assert.Equal(("States.Timeout", null), given.Failure());
    }

    [Fact]
    public void A74_Retriers_come_first_and_only_the_first_that_matches_counts()
    {
        var given = Given.TaskAndB("""
            "Retry":[{"ErrorEquals":["Other"],"MaxAttempts":9},{"ErrorEquals":["E"],"MaxAttempts":1},{"ErrorEquals":["States.ALL"],"MaxAttempts":9}],
            "Catch":[{"ErrorEquals":["Other"],"Next":"A"},{"ErrorEquals":["E"],"ResultPath":"$.first","Next":"B"},{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """).Started().Failed("E", "1").After(1).Failed("E", "2");
        Assert.Equal("""{"first":{"Error":"E","Cause":"2"}}""", given.Output());
    }

    /// <summary>Catch and Retry take the same errors.</summary>
    private static void AssertTaken(string? error, string name, bool taken, Limits? limits = null)
    {
        var caught = Given.TaskAndB($$"""
            "Catch":[{"ErrorEquals":["{{name}}"],"Next":"B"}]
            """, limits).Started().Failed(error, "why");
        Assert.Equal(taken ? ExecutionState.Succeeded : ExecutionState.Failed, caught.Execution.State);
        var retried = Given.Task($$"""
            "Retry":[{"ErrorEquals":["{{name}}"]}]
            """, limits).Started().Failed(error, "why");
        Assert.Equal(taken ? ExecutionState.Running : ExecutionState.Failed, retried.Execution.State);
    }
}
