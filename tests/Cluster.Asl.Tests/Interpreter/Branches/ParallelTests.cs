using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>The shapes were recorded at AWS (scenarios/test_parallel_state*) or measured there.</summary>
public sealed class ParallelTests
{
    private const string Boom = """{"StartAt":"Boom","States":{"Boom":{"Type":"Fail","Error":"MyError","Cause":"my cause"}}}""";

    private static string Branch(string name, string fields = "\"Type\":\"Pass\"") =>
        "{\"StartAt\":\"" + name + "\",\"States\":{\"" + name + "\":{" + fields + ",\"End\":true}}}";

    private static Given Parallel(string branches, string fields = "\"End\":true", string more = "") =>
        Given.States($$"""
            "A":{"Type":"Parallel","Branches":[{{branches}}],{{fields}}}{{more}}
            """);

    [Fact]
    public void A17_each_branch_gets_the_same_input_and_the_result_is_in_the_order_of_branches()
    {
        var given = Parallel($"{Branch("X")},{Branch("Y", "\"Type\":\"Pass\",\"Result\":2")}").Started("{\"a\":1}");
        Assert.Equal(
            [
                "1 0 ExecutionStarted {\"a\":1}",
                "2 0 ParallelStateEntered A {\"a\":1}",
                "3 2 ParallelStateStarted {\"a\":1}",
                "4 3 PassStateEntered X {\"a\":1}",
                "5 4 PassStateExited X {\"a\":1}",
                "6 3 PassStateEntered Y {\"a\":1}",
                "7 6 PassStateExited Y 2",
                "8 7 BranchesSucceeded",
                "9 7 ParallelStateExited A [{\"a\":1},2]",
                "10 9 ExecutionSucceeded [{\"a\":1},2]",
            ],
            given.History());
    }

    [Fact]
    public void A17_the_result_joins_the_texts_of_the_outputs_as_they_are() =>
        Assert.Equal("[[1, 2],[1, 2]]", Parallel($"{Branch("X")},{Branch("Y")}").Started("[1, 2]").Output());

    [Fact]
    public void A17_a_failing_branch_fails_the_state_with_its_own_error()
    {
        var given = Parallel(Boom).Started();
        Assert.Equal(
            ["3 2 ParallelStateStarted {}", "4 3 FailStateEntered Boom {}", "5 4 BranchesFailed", "6 5 ExecutionFailed MyError: my cause"],
            given.History()[2..]);
    }

    [Fact]
    public void A17_siblings_are_cut_short_and_their_calls_given_up()
    {
        var given = Parallel($"{Branch("X", Given.TaskFields())},{Branch("Y", "\"Type\":\"Wait\",\"Seconds\":9")},{Branch("Z", Given.TaskFields())}")
            .Started();
        Assert.Equal(2, given.Execution.Outstanding.Count);
        given.When(new ExecutionCommand.FailTask("/1.0.2", 1, 0, "E", "c"));
        var history = given.History();
        Assert.Equal(
            ["11 10 TaskFailed E: c", "12 11 TaskStateAborted", "13 11 WaitStateAborted", "14 11 TaskStateAborted", "15 11 BranchesFailed", "16 15 ExecutionFailed E: c"],
            history[10..]);
        Assert.Equal(["cancel 1.0"], given.Effects);
    }

    [Fact]
    public void A79_a_runtime_error_in_a_branch_ends_the_execution_and_nothing_else_is_told()
    {
        var given = Parallel(
            Branch("X", "\"Type\":\"Pass\",\"Parameters\":{\"m.$\":\"$.no\"}") + "," + Branch("Y", Given.TaskFields()),
            "\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"B\"}],\"End\":true",
            ",\"B\":{\"Type\":\"Pass\",\"End\":true}").Started();
        Assert.StartsWith("5 4 ExecutionFailed States.Runtime: An error occurred while executing the state 'X' (entered at the event id #4). ", given.History()[^1]);
    }

    [Fact]
    public void A77_a_retried_parallel_starts_again_behind_the_last_event_of_the_failed_branch()
    {
        var given = Parallel(Boom, "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"MaxAttempts\":1}],\"End\":true").Started().After(1);
        Assert.Equal(
            [
                "3 2 ParallelStateStarted {}", "4 3 FailStateEntered Boom {}", "5 4 ParallelStateStarted {}", "6 5 FailStateEntered Boom {}",
                "7 6 BranchesFailed", "8 7 ExecutionFailed MyError: my cause",
            ],
            given.History()[2..]);
    }

    [Fact]
    public void A78_a_caught_failure_leaves_the_state_with_the_error_output()
    {
        var given = Parallel(
            Boom, "\"Catch\":[{\"ErrorEquals\":[\"MyError\"],\"Next\":\"B\"}],\"End\":true", ",\"B\":{\"Type\":\"Pass\",\"End\":true}").Started();
        Assert.Equal(
            ["5 4 BranchesFailed", "6 5 ParallelStateExited A {\"Error\":\"MyError\",\"Cause\":\"my cause\"}", "7 6 PassStateEntered B {\"Error\":\"MyError\",\"Cause\":\"my cause\"}"],
            given.History()[4..7]);
    }

    [Fact]
    public void C22_an_end_after_the_marker_is_chained_to_it()
    {
        var given = Parallel(Branch("X"), "\"ResultSelector\":{\"m.$\":\"$.no\"},\"End\":true").Started();
        Assert.Equal("6 5 BranchesSucceeded", given.History()[5]);
        Assert.StartsWith("7 6 ExecutionFailed States.Runtime: An error occurred while executing the state 'A' (entered at the event id #2). ", given.History()[6]);
    }

    [Fact]
    public void A_failure_in_a_nested_parallel_goes_outwards_state_by_state()
    {
        var given = Parallel(Branch("P", $"\"Type\":\"Parallel\",\"Branches\":[{Boom}]") + "," + Branch("Y", "\"Type\":\"Wait\",\"Seconds\":9")).Started();
        Assert.Equal(
            ["BranchesFailed", "WaitStateAborted", "BranchesFailed", "ExecutionFailed MyError: my cause"],
            given.Names()[^4..]);
    }

    [Fact]
    public void A1_the_budget_of_the_machine_cuts_every_wait_and_tells_of_no_aborted_state()
    {
        var branches = Branch("X", Given.TaskFields()) + "," + Branch("Y", "\"Type\":\"Wait\",\"Seconds\":9");
        var given = Given.State($"\"Type\":\"Parallel\",\"Branches\":[{branches}]", more: "\"TimeoutSeconds\":5,").Started().After(6);
        Assert.Equal("ExecutionTimedOut", given.Names()[^1]);
        Assert.Equal(["cancel 1.0"], given.Effects);
        Assert.Equal(0, given.End().PreviousId);
    }

    [Fact]
    public void A_branch_that_is_run_apart_is_numbered_when_it_is_accepted()
    {
        var given = Parallel($"{Branch("X")},{Branch("Y")}").Apart().Started();
        Assert.Equal(["/1.0.0", "/1.0.1"], given.Last.Ready.Select(scope => scope.Path));
        var runs = given.RunReady();
        given.When(new ExecutionCommand.Accept(runs[1])).When(new ExecutionCommand.Accept(runs[0]));
        Assert.Equal(
            ["4 3 PassStateEntered Y {}", "5 4 PassStateExited Y {}", "6 3 PassStateEntered X {}", "7 6 PassStateExited X {}", "8 7 BranchesSucceeded"],
            given.History()[3..8]);
        Assert.Equal(ExecutionState.Succeeded, given.Execution.State);
    }

    [Fact]
    public void What_a_branch_has_decided_stays_without_ids_when_its_execution_has_numbered_it()
    {
        var given = Parallel($"{Branch("X")},{Branch("Y")}").Apart().Started();
        var run = given.RunReady()[0];
        given.When(new ExecutionCommand.Accept(run));
        Assert.Equal([4L, 5L], given.Last.Events.Select(e => e.Id));
        Assert.Equal([0L, 0L], run.Events.Select(e => e.Id));
    }

    [Fact]
    public void A_report_of_a_branch_that_is_gone_changes_nothing()
    {
        var given = Parallel($"{Boom},{Branch("Y")}", "\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]}],\"End\":true").Apart().Started();
        var runs = given.RunReady();
        given.When(new ExecutionCommand.Accept(runs[0])).When(new ExecutionCommand.Accept(runs[1]));
        Assert.Equal(CommandReply.NotWaitedFor, given.Last.Reply);
        Assert.Empty(given.Last.Events);
        Assert.Equal(ScopePhase.BackingOff, given.Scope.Phase);
    }
}
