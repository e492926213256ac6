using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>An answer counts once, for the attempt that waits for it.</summary>
public sealed class LateAnswerTests
{
    private static readonly ExecutionCommand[] AnswersOfTheFirstAttempt =
    [
        new ExecutionCommand.CompleteTask("", 1, 0, "1"u8.ToArray()),
        new ExecutionCommand.FailTask("", 1, 0, "E", null),
    ];

    [Fact]
    public void An_answer_to_an_attempt_that_timed_out_is_not_waited_for()
    {
        foreach (var answer in AnswersOfTheFirstAttempt)
        {
            var given = Given.Task("\"TimeoutSeconds\":3,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":5}]").Started().Later(3_000).When(answer);
            Assert.Equal((CommandReply.NotWaitedFor, ScopePhase.BackingOff), (given.Last.Reply, given.Scope.Phase));
            given.After(5).When(answer);
            Assert.Equal((CommandReply.NotWaitedFor, ScopePhase.Calling), (given.Last.Reply, given.Scope.Phase));
            Assert.Empty(given.Last.Events);
        }
    }

    [Fact]
    public void A_second_answer_is_not_waited_for()
    {
        foreach (var answer in AnswersOfTheFirstAttempt)
        {
            var given = Given.States($$"""
                "A":{{{Given.TaskFields()}},"Next":"B"},"B":{{{Given.TaskFields()}},"End":true}
                """).Started().Completed("1").When(answer);
            Assert.Equal(CommandReply.NotWaitedFor, given.Last.Reply);
            Assert.Empty(given.Last.Events);
            Assert.Equal(2, Assert.Single(given.Execution.Outstanding).Visit);
        }
    }

    [Theory]
    [InlineData("x", 1, 0)]
    [InlineData("", 2, 0)]
    [InlineData("", 1, 1)]
    [InlineData("", 0, -1)]
    public void An_answer_to_another_scope_visit_or_attempt_is_not_waited_for(string scope, long visit, int attempt)
    {
        var given = Given.Task().Started().When(new ExecutionCommand.CompleteTask(scope, visit, attempt, "1"u8.ToArray()));
        Assert.Equal(CommandReply.NotWaitedFor, given.Last.Reply);
        Assert.NotNull(given.Execution.Outstanding);
    }

    [Fact]
    public void An_answer_to_an_execution_that_ended_changes_nothing()
    {
        foreach (var answer in AnswersOfTheFirstAttempt)
        {
            var given = Given.Task().Started().Stopped().When(answer);
            Assert.Equal(CommandReply.AlreadyClosed, given.Last.Reply);
            Assert.Empty(given.Last.Events);
        }
    }

    [Fact]
    public void An_answer_while_nothing_is_called_is_not_waited_for()
    {
        var given = Given.State("\"Type\":\"Wait\",\"Seconds\":9").Started().When(AnswersOfTheFirstAttempt[0]);
        Assert.Equal((CommandReply.NotWaitedFor, ScopePhase.Waiting), (given.Last.Reply, given.Scope.Phase));
    }
}
