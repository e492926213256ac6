using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Which names take which errors, in Retry and in Catch.</summary>
public sealed class ReservedErrorTests
{
    private const string Times = "\"TimeoutSeconds\":10,\"HeartbeatSeconds\":5,";

    [Theory]
    [InlineData("A70", "Custom", "Custom", true)]
    [InlineData("A70", "Custom", "custom", false)]
    [InlineData("A70", "Other", "Custom", false)]
    [InlineData("A71", "Custom", "States.ALL", true)]
    [InlineData("A71", "States.DataLimitExceeded", "States.ALL", true)]
    [InlineData("A71", "States.Runtime", "States.ALL", false)]
    [InlineData("A71", "States.Runtime", "States.Runtime", false)]
    [InlineData("A71", null, "States.ALL", true)]
    [InlineData("A72", "Custom", "States.TaskFailed", true)]
    [InlineData("A72", "Lambda.Unknown", "States.TaskFailed", true)]
    [InlineData("A72", "States.Timeout", "States.TaskFailed", false)]
    [InlineData("A72", "States.Runtime", "States.TaskFailed", false)]
    [InlineData("A72", null, "States.TaskFailed", false)]
    public void A70_to_A72_A_name_takes_its_error_and_the_wildcards_theirs(string row, string? error, string name, bool taken)
    {
        var caught = Given.TaskAndB($$"""
            "Catch":[{"ErrorEquals":["{{name}}"],"Next":"B"}]
            """).Started().Failed(error, "why");
        Assert.True(caught.Execution.State == (taken ? ExecutionState.Succeeded : ExecutionState.Failed), row);

        var retried = Given.Task($$"""
            "Retry":[{"ErrorEquals":["{{name}}"]}]
            """).Started().Failed(error, "why");
        Assert.True(retried.Execution.State == (taken ? ExecutionState.Running : ExecutionState.Failed), row);
    }

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
}
