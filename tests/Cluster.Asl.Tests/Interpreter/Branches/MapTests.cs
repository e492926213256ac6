using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>The shapes were recorded at AWS (scenarios/test_map_state*, timeouts/test_service_lambda_map_timeout) or measured there.</summary>
public sealed class MapTests
{
    private static Given Map(string processor, string fields = "", string more = "") => Given.States(
        "\"A\":{\"Type\":\"Map\"," + fields + "\"ItemProcessor\":{\"ProcessorConfig\":{\"Mode\":\"INLINE\"},\"StartAt\":\"I\",\"States\":{" + processor
        + "}},\"End\":true}" + more);

    private const string Pass = "\"I\":{\"Type\":\"Pass\",\"End\":true}";

    private const string Task = "\"I\":{\"Type\":\"Task\",\"Resource\":\"" + Given.Function + "\",\"TimeoutSeconds\":5,\"End\":true}";

    [Fact]
    public void A25_one_lane_runs_the_items_in_order_and_each_is_chained_to_the_last_state_event_before_it()
    {
        var given = Map(Pass, "\"MaxConcurrency\":1,").Started("[1,2]");
        Assert.Equal(
            [
                "3 2 MapStateStarted [1,2]",
                "4 3 MapIterationStarted 0 1",
                "5 4 PassStateEntered I 1",
                "6 5 PassStateExited I 1",
                "7 6 MapIterationSucceeded 0",
                "8 6 MapIterationStarted 1 2",
                "9 8 PassStateEntered I 2",
                "10 9 PassStateExited I 2",
                "11 10 MapIterationSucceeded 1",
                "12 11 BranchesSucceeded",
                "13 11 MapStateExited A [1,2]",
                "14 13 ExecutionSucceeded [1,2]",
            ],
            given.History()[2..]);
    }

    [Fact]
    public void A18_no_items_give_an_empty_array()
    {
        var given = Map(Pass).Started("[]");
        Assert.Equal(
            ["3 2 MapStateStarted []", "4 3 BranchesSucceeded", "5 3 MapStateExited A []", "6 5 ExecutionSucceeded []"], given.History()[2..]);
    }

    [Fact]
    public void A18_no_more_than_forty_iterations_run_at_a_time()
    {
        var given = Map(Task).Started($"[{string.Join(',', Enumerable.Range(0, 50))}]");
        Assert.Equal(40, given.Execution.Outstanding.Count);
        given.When(new ExecutionCommand.CompleteTask("/1.0.7", 1, 0, "1"u8.ToArray()));
        Assert.Contains(given.Execution.Outstanding, call => call.Scope == "/1.0.40");
        Assert.Equal(40, given.Execution.Outstanding.Count);
    }

    [Fact]
    public void A18_the_members_of_an_object_are_items_with_key_and_value()
    {
        var given = Map(Pass, "\"ItemsPath\":\"$.o\",\"ItemSelector\":{\"k.$\":\"$$.Map.Item.Key\",\"v.$\":\"$$.Map.Item.Value\",\"i.$\":\"$$.Map.Item.Index\"},")
            .Started("{\"o\":{\"a\":1,\"b\":[2]}}");
        Assert.Equal("[{\"k\":\"a\",\"v\":1,\"i\":0},{\"k\":\"b\",\"v\":[2],\"i\":1}]", given.Output());
    }

    [Theory]
    [InlineData("$", "{}", "Reference path \"$\" must point to array.", false)]
    [InlineData("$.x", "{\"x\":1}", "Reference path \"$.x\" must point to array.", true)]
    [InlineData("$$", "{}", "Reference path \"$\" must point to array.", true)]
    public void A18_what_is_no_array_cannot_be_iterated_over(string path, string input, string cause, bool fails)
    {
        var given = Map(Pass, $"\"ItemsPath\":\"{path}\",").Started(input);
        if (fails)
            Assert.Equal(cause, given.RuntimeCause());
        else
            Assert.Equal("[]", given.Output());
    }

    [Theory]
    [InlineData("\"NoNumber\"", "NoNumber")]
    [InlineData("{}", "{}")]
    public void A79_a_concurrency_that_is_no_number_ends_the_execution(string value, string shown)
    {
        var given = Map(Pass, "\"ItemsPath\":\"$.v\",\"MaxConcurrencyPath\":\"$.m\",").Started($"{{\"v\":[1],\"m\":{value}}}");
        Assert.Equal($"The MaxConcurrencyPath field refers to value \"{shown}\" which is not a valid integer: $.m", given.RuntimeCause());
    }

    [Fact]
    public void A79_a_concurrency_below_zero_ends_the_execution()
    {
        var given = Map(Pass, "\"ItemsPath\":\"$.v\",\"MaxConcurrencyPath\":\"$.m\",").Started("{\"v\":[1],\"m\":-1}");
        Assert.Equal("Expected non-negative integer for MaxConcurrency, got '-1' instead.", given.RuntimeCause());
    }

    [Fact]
    public void A25_an_iteration_that_fails_cuts_the_others_short_in_the_order_of_items()
    {
        var given = Map(Task).Started("[1,2,3]").After(5);
        Assert.Equal(
            [
                "16 9 TaskTimedOut", "17 12 TaskTimedOut", "18 15 TaskTimedOut",
                "19 16 MapIterationFailed 0", "20 16 TaskStateAborted", "21 16 MapIterationAborted 1", "22 16 TaskStateAborted",
                "23 16 MapIterationAborted 2", "24 16 TaskStateAborted", "25 16 BranchesFailed", "26 25 ExecutionFailed States.Timeout:",
            ],
            given.History()[15..]);
    }

    [Fact]
    public void A77_a_retried_map_runs_all_its_items_again()
    {
        var given = Map(
            "\"I\":{\"Type\":\"Fail\",\"Error\":\"E\"}", "\"Retry\":[{\"ErrorEquals\":[\"E\"],\"MaxAttempts\":1}],").Started("[1,2]").After(1);
        Assert.Equal(
            ["MapStateStarted", "MapIterationStarted 0", "MapIterationStarted 1", "FailStateEntered I", "MapIterationFailed 0", "MapIterationAborted 1",
             "MapStateStarted", "MapIterationStarted 0", "MapIterationStarted 1", "FailStateEntered I", "MapIterationFailed 0", "MapIterationAborted 1",
             "BranchesFailed", "ExecutionFailed E: "],
            given.Names()[2..]);
    }

    [Fact]
    public void A_result_that_is_too_large_fails_the_map()
    {
        var given = Map("\"I\":{\"Type\":\"Pass\",\"Result\":\"" + new string('x', 60_000) + "\",\"End\":true}", "\"ResultPath\":null,").Started("[1,2,3,4,5]");
        Assert.Equal(
            ("States.DataLimitExceeded", "The state/task 'A' returned a result with a size exceeding the maximum number of bytes service limit."),
            given.Failure());
    }

    [Fact]
    public void A90_the_item_is_seen_in_all_states_of_its_iteration_also_in_a_branch()
    {
        var given = Map("""
            "I":{"Type":"Parallel","Branches":[{"StartAt":"X","States":{"X":{"Type":"Pass","Parameters":{"v.$":"$$.Map.Item.Value"},"End":true}}}],"End":true}
            """).Started("[7,8]");
        Assert.Equal("[[{\"v\":7}],[{\"v\":8}]]", given.Output());
    }
}
