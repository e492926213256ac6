using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class TaskTests
{
    [Fact]
    public void A11_An_attempt_without_declared_times_has_no_deadline()
    {
        var given = Given.Task().Started();
        Assert.Null(given.Execution.WakeAt);
        Assert.Empty(given.After(366L * 24 * 60 * 60).Last.Events);
    }

    [Theory]
    [InlineData("\"TimeoutSeconds\":7", "{}")]
    [InlineData("\"TimeoutSecondsPath\":\"$.t\"", "{\"t\":7}")]
    [InlineData("\"TimeoutSecondsPath\":\"$.t\"", "{\"t\":7.0}", false)]
    [InlineData("\"InputPath\":\"$.in\",\"TimeoutSecondsPath\":\"$.t\"", "{\"in\":{\"t\":7}}")]
    [InlineData("\"HeartbeatSeconds\":7", "{}")]
    [InlineData("\"HeartbeatSecondsPath\":\"$.t\"", "{\"t\":7}")]
    [InlineData("\"TimeoutSeconds\":9,\"HeartbeatSeconds\":7", "{}")]
    [InlineData("\"TimeoutSecondsPath\":\"$.t\",\"HeartbeatSecondsPath\":\"$.h\"", "{\"t\":9,\"h\":7}")]
    public void A11_An_attempt_ends_at_its_time_and_its_call_is_given_up(string fields, string input, bool valid = true)
    {
        var given = Given.Task(fields).Started(input);
        if (!valid)
        {
            Assert.Contains("is not a valid integer", given.RuntimeCause(), StringComparison.Ordinal);
            return;
        }

        Assert.Equal(Given.StartTime + 7000, given.Execution.WakeAt);
        Assert.Empty(given.AfterMilliseconds(6999).Last.Events);
        given.AfterMilliseconds(1);
        Assert.Equal(["TaskTimedOut", "ExecutionFailed States.Timeout: "], given.Names()[4..]);
        Assert.Equal(["cancel 1.0"], given.Effects);
        Assert.Equal(ExecutionState.Failed, given.Execution.State);
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("\"TimeoutSeconds\":7", 7L, null)]
    [InlineData("\"HeartbeatSecondsPath\":\"$.h\"", null, 3L)]
    [InlineData("\"TimeoutSecondsPath\":\"$.t\",\"HeartbeatSeconds\":2", 8L, 2L)]
    public void A11_Scheduled_tells_the_times_that_were_declared(string fields, long? timeout, long? heartbeat)
    {
        var scheduled = Given.Task(fields).Started("""{"t":8,"h":3}""").Events.OfType<TaskScheduled>().Single();
        Assert.Equal((timeout, heartbeat), (scheduled.TimeoutSeconds, scheduled.HeartbeatSeconds));
    }

    [Fact]
    public void A11_Of_two_deadlines_that_have_passed_the_earlier_one_counts()
    {
        var silent = Given.Task("\"TimeoutSeconds\":9,\"HeartbeatSeconds\":7").Started().After(60);
        Assert.True(silent.Events.OfType<TaskTimedOut>().Single().Heartbeat);
        var late = Given.Task("\"TimeoutSecondsPath\":\"$.t\",\"HeartbeatSecondsPath\":\"$.h\"").Started("""{"t":5,"h":7}""").After(60);
        Assert.False(late.Events.OfType<TaskTimedOut>().Single().Heartbeat);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"a\":1} x")]
    [InlineData("\"\\ud800")]
    public void A11_A_result_that_is_no_JSON_is_a_failure_of_the_call(string output)
    {
        var given = Given.TaskAndB("\"Catch\":[{\"ErrorEquals\":[\"States.TaskFailed\"],\"ResultPath\":null,\"Next\":\"B\"}]").Started().Completed(output);
        Assert.Equal("{}", given.Output());
        Assert.StartsWith("The task's result is not JSON: ", given.Events.OfType<TaskFailed>().Single().Cause);
    }

    [Fact]
    public void A11_A_result_nested_200_000_deep_is_a_failure_of_the_call()
    {
        var given = Given.Task().Started().Completed(new string('[', 200_000));
        Assert.Equal("States.TaskFailed", given.Failure().Error);
    }
}
