using Cluster.Asl.Json;
using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Intrinsic functions in the states that may call them.</summary>
public sealed class IntrinsicStateTests
{
    [Fact]
    public void A16_ErrorPath_and_CausePath_may_call_a_function() => Assert.Equal(
        ("error string", "caused by [1], error string"),
        Fail("\"ErrorPath\":\"States.Format('{}', $.e)\",\"CausePath\":\"States.Format('caused by {}, {}', States.Array(1), $.e)\"")
            .Started("""{"e":"error string"}""").Failure());

    [Theory]
    [InlineData("States.Format('a')")]
    [InlineData("States.JsonToString($)")]
    [InlineData("States.ArrayGetItem($.l, 0)")]
    [InlineData("States.Base64Encode('a')")]
    [InlineData("States.Base64Decode('YQ==')")]
    [InlineData("States.Hash('a', 'MD5')")]
    [InlineData("States.UUID()")]
    public void A16_A_function_that_may_give_a_text_is_taken(string call) =>
        Assert.NotNull(Fail($"\"ErrorPath\":\"{call}\"").Started("""{"l":["x"]}""").Failure().Error);

    [Theory]
    [InlineData("States.Array('a')")]
    [InlineData("States.MathAdd(1, 2)")]
    [InlineData("States.StringToJson('a')")]
    [InlineData("States.Nothing('a')")]
    [InlineData("a")]
    public void A16_Another_is_refused_with_the_definition(string call) => Assert.Equal(
        "SCHEMA_VALIDATION_FAILED: The value for the field 'CausePath' must be a valid JSONPath or a valid intrinsic function call at /States/A",
        Definition.Diagnostics($$"""{"StartAt":"A","States":{"A":{"Type":"Fail","CausePath":"{{call}}"} } }"""));

    [Fact]
    public void A16_A_call_that_gives_no_text_is_a_runtime_error() => Assert.Equal(
        "The ErrorPath parameter does not reference a string: States.ArrayGetItem($, 0) == 1",
        Fail("\"ErrorPath\":\"States.ArrayGetItem($, 0)\"").Started("[1]").RuntimeCause());

    [Fact]
    public void A16_A_call_that_fails_fails_the_execution_with_its_own_error()
    {
        var (error, cause) = Fail("\"ErrorPath\":\"States.Base64Decode('?')\"").Started().Failure();
        Assert.Equal("States.IntrinsicFailure", error);
        Assert.StartsWith(
            "An error occurred while executing the state 'A' (entered at the event id #2). The function 'States.Base64Decode('?')' had the following error: ",
            cause,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A108_Error_and_cause_of_one_state_draw_twice()
    {
        var (error, cause) = Fail("\"ErrorPath\":\"States.UUID()\",\"CausePath\":\"States.UUID()\"").Started().Failure();
        Assert.NotEqual(error, cause);
    }

    [Fact]
    public void A33_Parameters_and_ResultSelector_may_call_functions()
    {
        var given = Given.Task("""
            "Parameters":{"p.$":"States.Format('{}!', $.x)"},"ResultSelector":{"r.$":"States.ArrayGetItem($, 1)"}
            """).Started("""{"x":"hi"}""");
        Assert.Equal(["""call 1.0 {"p":"hi!"}"""], given.Effects);
        Assert.Equal("""{"r":2}""", given.Completed("[1,2]").Output());
    }

    [Fact]
    public void A109_A_failure_of_a_function_can_be_caught()
    {
        var given = Given.TaskAndB("""
            "Parameters":{"p.$":"States.ArrayGetItem($, 5)"},"Catch":[{"ErrorEquals":["States.IntrinsicFailure"],"Next":"B"}]
            """).Started("[]");
        var caught = (JsonObject)JsonValue.Parse(given.Output());
        Assert.Equal(new JsonString("States.IntrinsicFailure"), caught["Error"]);
        Assert.Contains("The function 'States.ArrayGetItem($, 5)' had the following error: ", caught["Cause"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A109_An_argument_that_is_not_there_cannot_be_caught() => Assert.Equal(
        "The function 'States.Array($.no)' had the following error: The JsonPath argument for the field '$.no' could not be found in the input '{}'",
        Given.TaskAndB("""
            "Parameters":{"p.$":"States.Array($.no)"},"Catch":[{"ErrorEquals":["States.ALL"],"Next":"B"}]
            """).Started().RuntimeCause());

    [Fact]
    public void A108_Each_state_and_each_step_of_a_state_draws_for_itself()
    {
        var given = Given.States("""
            "A":{"Type":"Pass","Parameters":{"u.$":"States.UUID()"},"ResultPath":"$.a","Next":"B"},
            "B":{"Type":"Pass","Parameters":{"u.$":"States.UUID()"},"ResultPath":"$.b","End":true}
            """).Started();
        var output = (JsonObject)JsonValue.Parse(given.Output());
        Assert.NotEqual(output["a"], output["b"]);

        given = Given.Task("""
            "Parameters":{"u.$":"States.UUID()"},"ResultSelector":{"u.$":"States.UUID()"}
            """).Started();
        var drawn = given.Effects.Single()["call 1.0 ".Length..];
        Assert.NotEqual(drawn, given.Completed("{}").Output());
    }

    [Fact]
    public void A108_The_same_seed_gives_the_same_events_and_another_gives_others()
    {
        const string state = "\"Type\":\"Pass\",\"Parameters\":{\"u.$\":\"States.UUID()\",\"n.$\":\"States.MathRandom(0, 2000000000)\"}";
        Assert.Equal(Given.State(state).With(7).Started().Output(), Given.State(state).With(7).Started().Output());
        Assert.NotEqual(Given.State(state).With(7).Started().Output(), Given.State(state).With(8).Started().Output());
    }

    [Fact]
    public void A108_Each_item_and_each_branch_draws_for_itself()
    {
        var given = Given.State("""
            "Type":"Map","ItemSelector":{"i.$":"States.Format('{}', $$.Map.Item.Index)","u.$":"States.UUID()"},
            "ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"s.$":"$","u.$":"States.UUID()"},"End":true}}}
            """).Started("[1,2,3]");
        var items = (JsonArray)JsonValue.Parse(given.Output());
        Assert.Equal(["\"0\"", "\"1\"", "\"2\""], items.Select(item => ((JsonObject)((JsonObject)item)["s"]!)["i"]!.ToString()));
        var drawn = items.SelectMany(item => new[] { ((JsonObject)item)["u"]!, ((JsonObject)((JsonObject)item)["s"]!)["u"]! });
        Assert.Equal(6, drawn.Distinct().Count());

        given = Given.State("""
            "Type":"Parallel","Branches":[
              {"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"u.$":"States.UUID()"},"End":true}}},
              {"StartAt":"Q","States":{"Q":{"Type":"Pass","Parameters":{"u.$":"States.UUID()"},"End":true}}}]
            """).Started();
        Assert.Equal(2, ((JsonArray)JsonValue.Parse(given.Output())).Distinct().Count());
    }

    private static Given Fail(string fields) => Given.States("\"A\":{\"Type\":\"Fail\"," + fields + "}");
}
