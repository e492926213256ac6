using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Tasks whose part is an execution: what becomes of it when the task is given up.</summary>
public sealed class NestedTaskTests
{
    private const string Child =
        "\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\",\"TimeoutSeconds\":5,"
        + "\"Parameters\":{\"StateMachineArn\":\"arn:aws:states:us-east-1:123456789012:stateMachine:child\",\"Input\":{\"n.$\":\"$.n\"}}";

    private const string Catch = "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"ResultPath\":null,\"Next\":\"B\"}],\"End\":true";

    /// <summary>A decision ends when the task is scheduled, and before it is started.</summary>
    private static readonly Limits UpToScheduled = Limits.Default with { DecisionEvents = 3 };

    [Fact]
    public void A_child_that_may_have_been_started_is_to_be_found_and_stopped()
    {
        var given = Given.State(Child).Started("""{"n":1}""");
        Assert.Single(given.Last.Effects.OfType<Effect.Call>());
        given.After(5);
        Assert.Single(given.Events.OfType<ChildGivenUp>());
        Assert.Equal((1L, 0, null), Assert.Single(given.Execution.Orphans) is var orphan ? (orphan.Call.Visit, orphan.Call.Attempt, orphan.Child) : default);
        Assert.Empty(given.Effects);
        Assert.Single(given.Execution.Outstanding);
    }

    /// <summary>Found by the simulation: the call never left, so nobody ever told whom it had started, and the execution waited to stop it for ever.</summary>
    [Fact]
    public void A_child_whose_start_is_too_late_when_it_is_decided_is_never_started()
    {
        var given = Given.State(Child, UpToScheduled).Started("""{"n":1}""");
        Assert.Equal("TaskScheduled", given.Names()[^1]);

        given.After(5);

        Assert.Equal(["TaskStarted", "TaskTimedOut"], given.Names()[3..5]);
        Assert.Empty(given.Effects);
        Assert.Empty(given.Events.OfType<ChildGivenUp>());
        Assert.Empty(given.Execution.Orphans);
        Assert.Empty(given.Execution.Outstanding);
    }

    /// <summary>All in one decision: the call of what follows is one, and its own.</summary>
    [Theory]
    [InlineData("\"Type\":\"Wait\",\"Seconds\":60,\"End\":true", 0)]
    [InlineData(Child + ",\"End\":true", 1)]
    public void What_follows_it_is_called_once_and_for_itself(string next, int calls)
    {
        var given = Given.States("\"A\":{" + Child + "," + Catch + "},\"B\":{" + next + "}", UpToScheduled).Started("""{"n":1}""");

        given.Within(Limits.Default).After(5);

        Assert.Equal("B", given.Scope.State);
        Assert.Equal(calls, given.Last.Effects.Length);
        Assert.All(given.Last.Effects, effect => Assert.Equal(2, Assert.IsType<Effect.Call>(effect).What.Visit));
        Assert.Empty(given.Execution.Orphans);
    }

    /// <summary>Found by the simulation: the branch was gone, and a node whose clock is behind told the end of its child before the execution's own start.</summary>
    [Fact]
    public void What_is_told_of_a_branch_that_is_gone_has_no_time_before_the_execution()
    {
        var branches = "\"A\":{\"Type\":\"Parallel\",\"Branches\":[{\"StartAt\":\"C\",\"States\":{\"C\":{" + Child + ",\"End\":true}}}]," + Catch
            + "},\"B\":{\"Type\":\"Wait\",\"Seconds\":60,\"End\":true}";
        var given = Given.States(branches).Started("""{"n":1}""").After(5);
        var orphan = Assert.Single(given.Execution.Orphans);

        given.Later(-60_000).When(new ExecutionCommand.EndOrphan(orphan.Call.Scope, orphan.Call.Visit, orphan.Call.Attempt));

        Assert.True(Assert.Single(given.Last.Events).At >= given.Execution.StartedAt);
        Assert.Empty(given.Execution.Orphans);
    }
}
