using Cluster.Asl.Interpreter;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>How a Map runs its iterations: how many at a time, in which order, and what each sees of its item.</summary>
public sealed class MapRowTests
{
    private const string Twelve = """{"items":[0,1,2,3,4,5,6,7,8,9,10,11],"two":2,"zero":0,"many":1000}""";

    [Theory]
    [InlineData("", 12)]
    [InlineData("\"MaxConcurrency\":0", 12)]
    [InlineData("\"MaxConcurrency\":1", 1)]
    [InlineData("\"MaxConcurrency\":5", 5)]
    [InlineData("\"MaxConcurrency\":1000", 12)]
    [InlineData("\"MaxConcurrencyPath\":\"$.two\"", 2)]
    [InlineData("\"MaxConcurrencyPath\":\"$.zero\"", 12)]
    [InlineData("\"MaxConcurrencyPath\":\"$.many\"", 12)]
    public void A18_As_many_iterations_run_at_a_time_as_are_asked_for(string fields, int atATime)
    {
        var given = Branching.Map(Branching.Task(), fields).Started(Twelve);
        for (var ended = 0; ended < 12; ended++)
        {
            Assert.Equal(Math.Min(atATime, 12 - ended), given.Execution.Outstanding.Count);
            given.Answered(given.Execution.Outstanding[0].Scope, "1");
        }

        Assert.Equal(ExecutionState.Succeeded, given.Execution.State);
    }

    [Theory]
    [InlineData("\"MaxConcurrency\":0")]
    [InlineData("\"MaxConcurrency\":41")]
    [InlineData("\"MaxConcurrencyPath\":\"$[0]\"")]
    public void A18_More_than_forty_never_run_at_a_time(string fields)
    {
        var given = Branching.MapOf(Branching.Task(), fields).Started($"[{string.Join(',', Enumerable.Repeat(99, 60))}]");
        Assert.Equal(40, given.Execution.Outstanding.Count);
    }

    [Fact]
    public void A18_Iterator_and_Parameters_are_the_old_names_of_ItemProcessor_and_ItemSelector()
    {
        var given = Given.State(
            "\"Type\":\"Map\",\"ItemsPath\":\"$.l\",\"Parameters\":{\"v.$\":\"$$.Map.Item.Value\",\"x.$\":\"$.x\"},\"Iterator\":" + Branching.Scope("I", Branching.Pass));
        Assert.Equal("""[{"v":1,"x":0},{"v":2,"x":0}]""", given.Started("""{"l":[1,2],"x":0}""").Output());
    }

    [Fact]
    public void A25_Results_are_in_the_order_of_items_whoever_ends_first()
    {
        var given = Branching.MapOf(Branching.Task(), "\"MaxConcurrency\":2").Started("[0,1,2]");
        given.Answered("/1.0.1", "\"b\"").Answered("/1.0.2", "\"c\"").Answered("/1.0.0", "\"a\"");
        Assert.Equal("""["a","b","c"]""", given.Output());
    }

    [Fact]
    public void A25_One_at_a_time_the_next_iteration_starts_only_when_the_last_has_ended_and_none_after_a_failure()
    {
        var given = Branching.MapOf(Branching.Task(), "\"MaxConcurrency\":1").Started("[0,1,2]");
        Assert.Equal(["call 1.0 0"], given.Effects);
        Assert.Equal(["call 1.0 1"], given.Answered("/1.0.0", "1").Effects);
        given.Failed("/1.0.1", "E", null);
        Assert.Equal(["TaskFailed E: ", "MapIterationFailed 1", "TaskStateAborted", "BranchesFailed", "ExecutionFailed E: "], given.Names()[^5..]);
        Assert.DoesNotContain("MapIterationStarted 2", given.Names());
    }

    [Fact]
    public void A15_Succeed_ends_only_its_own_iteration()
    {
        var state = "\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"NumericEquals\":1,\"Next\":\"S\"}],\"Default\":\"T\"},\"S\":{\"Type\":\"Succeed\"},\"T\":{" + Branching.Task();
        var given = Branching.MapOf(state).Started("[1,2]");
        Assert.Equal(ExecutionState.Running, given.Execution.State);
        Assert.Equal("[1,\"two\"]", given.Answered("/1.0.1", "\"two\"", visit: 2).Output());
    }

    [Fact]
    public void A36_An_evaluation_that_fails_in_an_iteration_names_the_inner_state_and_its_own_event()
    {
        var given = Branching.MapOf("\"Type\":\"Pass\",\"Parameters\":{\"v.$\":\"$.no\"},\"End\":true", "\"MaxConcurrency\":1").Started("""[{"no":1},{}]""");
        Assert.Equal(
            ("States.Runtime", "An error occurred while executing the state 'I0' (entered at the event id #9). The JSONPath '$.no' specified for the field 'v.$' could not be found in the input '{}'"),
            given.Failure());
    }

    [Fact]
    public void A39_Numbers_and_the_order_of_keys_go_through_iterations_as_they_were_written()
    {
        const string items = """[{"z":1.0,"a":123456789012345678901234567890.10},1E+2,-0]""";
        Assert.Equal(items, Branching.MapOf(Branching.Pass).Started(items).Output());
        Assert.Equal($"[{items}]", Branching.Parallel([Branching.Pass]).Started(items).Output());
    }

    [Fact]
    public void A90_An_item_of_an_array_has_Index_Value_and_Source_and_one_of_an_object_also_Key()
    {
        const string selector = "\"ItemSelector\":{\"m.$\":\"$$.Map\"}";
        Assert.Equal("""[{"m":{"Item":{"Index":0,"Value":7,"Source":"STATE_DATA"}}}]""", Branching.MapOf(Branching.Pass, selector).Started("[7]").Output());
        Assert.Equal("""[{"m":{"Item":{"Index":0,"Key":"k","Value":7,"Source":"STATE_DATA"}}}]""", Branching.MapOf(Branching.Pass, selector).Started("""{"k":7}""").Output());
    }

    [Fact]
    public void A90_The_innermost_map_is_the_one_that_is_seen_and_outside_of_all_there_is_none()
    {
        var inner = "\"Type\":\"Map\",\"End\":true,\"ItemProcessor\":"
            + Branching.Scope("X", "\"Type\":\"Pass\",\"Parameters\":{\"v.$\":\"$$.Map.Item.Value\"},\"End\":true");
        Assert.Equal("""[[{"v":1},{"v":2}],[{"v":3}]]""", Branching.MapOf(inner).Started("[[1,2],[3]]").Output());
        Assert.StartsWith(
            "Invalid path '$$.Map' : ", Branching.MapOf(Branching.Pass, "\"OutputPath\":\"$$.Map\"").Started("[1]").RuntimeCause());
    }
}
