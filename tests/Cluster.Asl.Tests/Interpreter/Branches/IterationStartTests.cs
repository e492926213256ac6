using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>An iteration that cannot start, while others run.</summary>
public sealed class IterationStartTests
{
    [Fact]
    public void Iterations_that_run_are_cut_short_and_their_calls_given_up_when_the_next_one_cannot_start()
    {
        const string Text = "\"a text of thirty characters...\"";
        var given = Given.State(
            $$$"""
            "Type":"Map","MaxConcurrency":2,"ItemSelector":{"a.$":"$$.Map.Item.Value","b.$":"$$.Map.Item.Value"},
            "ItemProcessor":{"StartAt":"I","States":{"I":{ {{{Given.TaskFields()}}},"End":true} } }
            """,
            new Limits { PayloadBytes = 60 }).Started($"[1,2,{Text}]");
        Assert.Equal(2, given.Execution.Outstanding.Count);
        given.When(new ExecutionCommand.CompleteTask("/1.0.1", 1, 0, "{}"u8.ToArray()));
        Assert.Equal(["cancel 1.0"], given.Effects);
        Assert.Equal(
            ["MapIterationSucceeded 1", "MapIterationAborted 0", "TaskStateAborted", "BranchesFailed"],
            given.Names()[^5..^1]);
        Assert.Equal("States.DataLimitExceeded", given.Failure().Error);
    }

    [Fact]
    public void Calls_of_iterations_are_given_up_when_the_selector_of_the_next_one_ends_the_execution()
    {
        var given = Given.State(
            $$$"""
            "Type":"Map","MaxConcurrency":2,"ItemSelector":{"x.$":"$$.Map.Item.Value.x"},
            "ItemProcessor":{"StartAt":"I","States":{"I":{ {{{Given.TaskFields()}}},"End":true} } }
            """).Started("""[{"x":1},{"x":2},{}]""");
        given.When(new ExecutionCommand.CompleteTask("/1.0.1", 1, 0, "{}"u8.ToArray()));
        Assert.Equal("States.Runtime", given.Failure().Error);
        Assert.Equal(["cancel 1.0"], given.Effects);
        Assert.Empty(given.Execution.Outstanding);
    }
}
