using System.Text;
using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Tasks that whoever has a token ends: those of activities, and calls with <c>.waitForTaskToken</c>.</summary>
public sealed class TaskTokenTests
{
    private const string Activity = "arn:aws:states:us-east-1:123456789012:activity:approve";

    private static string ActivityFields => $"\"Type\":\"Task\",\"Resource\":\"{Activity}\",\"HeartbeatSeconds\":10,\"TimeoutSeconds\":60";

    private static string CallbackFields =>
        "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke.waitForTaskToken\",\"HeartbeatSeconds\":10,"
        + "\"Parameters\":{\"FunctionName\":\"f\",\"Payload\":{\"token.$\":\"$$.Task.Token\"}}";

    [Fact]
    public void A11_The_task_of_an_activity_waits_for_a_worker_then_for_its_word()
    {
        var given = Given.State(ActivityFields).Started("""{"n":1}""");
        Assert.Equal(ScopePhase.Pending, given.Scope.Phase);
        Assert.Empty(given.Effects);
        Assert.Empty(given.Execution.Outstanding);
        given.When(new ExecutionCommand.StartActivity("", 1, 0, "w-1"));
        Assert.Equal("w-1", given.Events.OfType<TaskStarted>().Single().WorkerName);
        given.When(Success(given, "[7]"));
        Assert.Equal(ExecutionState.Succeeded, given.Execution.State);
        Assert.Equal("[7]", given.Events[^1].Payload!.ToString());
        Assert.Null(given.Execution.Root!.Token);
    }

    [Fact]
    public void A11_A_task_is_given_to_one_worker_only()
    {
        var given = Given.State(ActivityFields).Started();
        given.When(new ExecutionCommand.StartActivity("", 1, 0, "a"));
        given.When(new ExecutionCommand.StartActivity("", 1, 0, "b"));
        Assert.Equal(CommandReply.NotWaitedFor, given.Last.Reply);
        Assert.Empty(given.Last.Events);
    }

    [Fact]
    public void A11_Silence_of_an_activity_is_measured_from_its_start_and_anew_from_each_heartbeat()
    {
        var given = Given.State(ActivityFields).Started().After(30);
        Assert.Equal(ScopePhase.Pending, given.Scope.Phase);
        given.When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null)).After(9);
        given.When(new ExecutionCommand.Heartbeat("", 1, 0, given.Scope.Token!));
        Assert.Equal(CommandReply.Done, given.Last.Reply);
        Assert.Empty(given.After(9).Last.Events);
        Assert.True(given.After(1).Events.OfType<TaskTimedOut>().Single().Heartbeat);
    }

    [Fact]
    public void A11_Heartbeats_do_not_make_the_whole_time_longer()
    {
        var given = Given.State(ActivityFields).Started().After(55).When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null));
        given.When(new ExecutionCommand.Heartbeat("", 1, 0, given.Scope.Token!)).After(5);
        Assert.False(given.Events.OfType<TaskTimedOut>().Single().Heartbeat);
    }

    [Fact]
    public void A11_A_task_that_no_worker_takes_in_time_ends_by_its_timeout()
    {
        var given = Given.State(ActivityFields).Started().After(60);
        Assert.Equal("ExecutionFailed States.Timeout: ", given.Names()[^1]);
    }

    [Fact]
    public void A79_A_deleted_activity_ends_the_execution_without_a_task()
    {
        var given = Given.State(ActivityFields).In(new NoActivities()).Started();
        Assert.Empty(given.Events.OfType<TaskScheduled>());
        Assert.Equal($"The activity {Activity} does not exist.", given.RuntimeCause());
    }

    [Fact]
    public void A_call_hands_its_token_out_and_its_answer_is_told()
    {
        var given = Given.State(CallbackFields).Started();
        var token = given.Scope.Token!;
        Assert.Contains(token, given.Effects[0], StringComparison.Ordinal);
        Assert.Null(given.Scope.HeartbeatAt);
        given.Completed("{\"StatusCode\":200}");
        Assert.Equal("TaskSubmitted", given.Names()[^1]);
        Assert.Equal(Given.StartTime + 10_000, given.Execution.WakeAt);
        given.When(new ExecutionCommand.EndTask("", 1, 0, token, TaskWord.Failure("Denied", "by hand")));
        Assert.Equal("ExecutionFailed Denied: by hand", given.Names()[^1]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_word_that_comes_before_the_calls_answer_takes_effect_after_it(bool succeeds)
    {
        var given = Given.State(CallbackFields).Started();
        given.When(succeeds ? Success(given, "1") : new ExecutionCommand.EndTask("", 1, 0, given.Scope.Token!, TaskWord.Failure("E", "C")));
        Assert.Equal(CommandReply.Done, given.Last.Reply);
        Assert.Equal(ScopePhase.Calling, given.Scope.Phase);
        given.When(Success(given, "2"));
        Assert.Equal(CommandReply.NotWaitedFor, given.Last.Reply);
        given.Completed("{}");
        var names = given.Names();
        Assert.Equal(
            succeeds ? ["TaskSubmitted", "TaskSucceeded"] : new[] { "TaskSubmitted", "TaskFailed E: C" },
            names.Where(name => name.StartsWith("Task", StringComparison.Ordinal) && !name.StartsWith("TaskState", StringComparison.Ordinal)).TakeLast(2).Select(name => name.Split(" {")[0]));
        Assert.True(given.Execution.IsClosed);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("no JSON")]
    [InlineData("no answer")]
    public void A_word_that_was_heard_before_the_calls_answer_stands_however_the_call_ends(string end)
    {
        var given = Given.State(CallbackFields + ",\"TimeoutSeconds\":60").Started();
        given.When(Success(given, "1"));
        given = end switch
        {
            "failed" => given.Failed("Lambda.Unknown", "gone"),
            "no JSON" => given.Completed("{"),
            _ => given.After(60),
        };
        Assert.Equal("1", given.Output());
        Assert.DoesNotContain("TaskSubmitted", given.Names());
    }

    [Fact]
    public void A_word_that_ends_a_task_at_its_time_gives_the_call_up()
    {
        var given = Given.State(CallbackFields + ",\"TimeoutSeconds\":60").Started();
        given.When(Success(given, "1")).After(60);
        Assert.IsType<Effect.CancelCall>(Assert.Single(given.Last.Effects));
    }

    [Fact]
    public void A_task_that_a_worker_gets_calls_nobody()
    {
        var given = Given.State(ActivityFields).Started();
        Assert.Empty(given.Last.Effects);
        Assert.Empty(given.When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null)).Last.Effects);
    }

    [Fact]
    public void A_heartbeat_that_came_before_the_calls_answer_is_measured_anew_after_a_restart()
    {
        var given = Given.State(CallbackFields).Started();
        given.When(new ExecutionCommand.Heartbeat("", 1, 0, given.Scope.Token!));
        given.Later(30_000).When(new ExecutionCommand.Recover(Given.StartTime + 29_000));
        Assert.Equal(ScopePhase.Calling, given.Scope.Phase);
        Assert.Equal(Given.StartTime + 40_000, given.Execution.WakeAt);
    }

    [Fact]
    public void A_word_with_another_token_or_of_another_attempt_changes_nothing()
    {
        var given = Given.State(ActivityFields).Started().When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null));
        foreach (var (scope, visit, attempt, token) in new[]
        {
            ("", 1L, 0, "another"), ("", 2L, 0, given.Scope.Token!), ("", 1L, 1, given.Scope.Token!), ("/0", 1L, 0, given.Scope.Token!),
        })
        {
            given.When(new ExecutionCommand.EndTask(scope, visit, attempt, token, TaskWord.Success("1"u8.ToArray())));
            Assert.Equal(CommandReply.NotWaitedFor, given.Last.Reply);
            Assert.Empty(given.Last.Events);
        }
    }

    [Fact]
    public void A_retry_has_a_token_of_its_own_and_the_old_one_is_good_no_more()
    {
        var given = Given.State(ActivityFields + ",\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":1}]").Started();
        given.When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null));
        var first = given.Scope.Token!;
        given.When(new ExecutionCommand.EndTask("", 1, 0, first, TaskWord.Failure(error: null, cause: null))).After(1);
        Assert.Equal(ScopePhase.Pending, given.Scope.Phase);
        Assert.NotEqual(first, given.Scope.Token);
        given.When(new ExecutionCommand.EndTask("", 1, 0, first, TaskWord.Success("1"u8.ToArray())));
        Assert.Equal(CommandReply.NotWaitedFor, given.Last.Reply);
    }

    [Fact]
    public void A_late_word_after_a_stop_finds_the_execution_closed()
    {
        var given = Given.State(ActivityFields).Started().When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null));
        var token = given.Scope.Token!;
        given.Stopped().When(new ExecutionCommand.EndTask("", 1, 0, token, TaskWord.Success("1"u8.ToArray())));
        Assert.Equal(CommandReply.AlreadyClosed, given.Last.Reply);
    }

    [Fact]
    public void Whoever_could_not_be_heard_while_the_owner_was_away_has_the_whole_silence_again()
    {
        var given = Given.State(ActivityFields).Started().When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null));
        given.Later(20_000).When(new ExecutionCommand.Recover(given.Now - 1));
        Assert.Equal(["TaskHeartbeat"], given.Last.Events.Select(e => e.GetType().Name));
        Assert.Equal(given.Now + 10_000, given.Scope.HeartbeatAt);
        given.Later(10_000).When(new ExecutionCommand.Recover(given.Now - 20_000));
        Assert.Single(given.Events.OfType<TaskTimedOut>());
    }

    [Fact]
    public void A_result_that_is_too_large_or_no_JSON_fails_the_task()
    {
        var large = Started();
        large.When(Success(large, "\"" + new string('x', 262_144) + "\""));
        Assert.StartsWith("ExecutionFailed States.DataLimitExceeded", large.Names()[^1], StringComparison.Ordinal);
        var faulty = Started();
        faulty.When(Success(faulty, "{"));
        Assert.StartsWith("ExecutionFailed States.TaskFailed", faulty.Names()[^1], StringComparison.Ordinal);

        static Given Started() => Given.State(ActivityFields).Started().When(new ExecutionCommand.StartActivity("", 1, 0, WorkerName: null));
    }

    private static ExecutionCommand.EndTask Success(Given given, string output) =>
        new("", 1, 0, given.Scope.Token!, TaskWord.Success(Encoding.UTF8.GetBytes(output)));

    private sealed class NoActivities : IDecisionEnvironment
    {
        public string MintToken(string scope, long visit, int attempt) => "t";

        public bool HasActivity(string arn) => false;
    }
}
