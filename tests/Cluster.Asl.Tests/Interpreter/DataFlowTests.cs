using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>InputPath, Parameters, the work, ResultSelector, ResultPath, OutputPath: their order, and what null means.</summary>
public sealed class DataFlowTests
{
    [Fact]
    public void A30_A_task_passes_InputPath_Parameters_ResultSelector_ResultPath_and_OutputPath_in_this_order()
    {
        var given = Given.Task("""
            "InputPath":"$.in","Parameters":{"p.$":"$.x"},"ResultSelector":{"s.$":"$.y"},"ResultPath":"$.out","OutputPath":"$.out"
            """).Started("""{"in":{"x":1},"keep":true}""");
        Assert.Equal(["call 1.0 {\"p\":1}"], given.Effects);
        Assert.Equal("""{"s":2}""", given.Completed("""{"y":2}""").Output());
    }

    [Fact]
    public void A30_ResultSelector_sees_the_result_and_ResultPath_what_it_selected()
    {
        var given = Given.Task("""
            "ResultSelector":{"s.$":"$.y","all.$":"$"},"ResultPath":"$.r"
            """).Started("""{"y":"input"}""").Completed("""{"y":"result"}""");
        Assert.Equal("""{"y":"input","r":{"s":"result","all":{"y":"result"}}}""", given.Output());
    }

    [Theory]
    [InlineData("\"InputPath\":null", "{}")]
    [InlineData("\"OutputPath\":null", "{}")]
    [InlineData("\"ResultPath\":null", """{"a":{"b":1}}""")]
    [InlineData("\"ResultPath\":null,\"InputPath\":\"$.a\"", """{"a":{"b":1}}""")]
    [InlineData("\"ResultPath\":null,\"InputPath\":null", """{"a":{"b":1}}""")]
    [InlineData("\"ResultPath\":null,\"OutputPath\":null", "{}")]
    [InlineData("\"InputPath\":\"$\",\"ResultPath\":\"$\",\"OutputPath\":\"$\"", """{"a":{"b":1}}""")]
    public void A31_Null_empties_the_input_empties_the_output_or_throws_the_result_away(string fields, string output) =>
        Assert.Equal(output, Given.State("\"Type\":\"Pass\"," + fields).Started("""{"a":{"b":1}}""").Output());

    [Fact]
    public void A31_A_task_with_InputPath_null_is_called_with_an_empty_object()
    {
        var given = Given.Task("\"InputPath\":null,\"ResultPath\":null").Started("""{"a":1}""");
        Assert.Equal(["call 1.0 {}"], given.Effects);
        Assert.Equal("""{"a":1}""", given.Completed("2").Output());
    }

    [Theory]
    [InlineData("\"Type\":\"Wait\",\"Seconds\":0,\"Next\":\"B\"")]
    [InlineData("\"Type\":\"Choice\",\"Choices\":[{\"Variable\":\"$\",\"IsPresent\":true,\"Next\":\"B\"}]")]
    public void A31_Null_empties_what_a_state_without_work_passes_on(string fields)
    {
        foreach (var path in (string[])["InputPath", "OutputPath"])
        {
            Assert.Equal("{}", Given.States($"\"A\":{{{fields},\"{path}\":null}},\"B\":{{\"Type\":\"Succeed\"}}").Started("""{"a":1}""").Output());
            Assert.Equal("{}", Given.States($"\"A\":{{{fields}}},\"B\":{{\"Type\":\"Succeed\",\"{path}\":null}}").Started("""{"a":1}""").Output());
        }
    }

    [Theory]
    [InlineData("$.r", "{\"a\":1}", "{\"a\":1,\"r\":9}")]
    [InlineData("$.a", "{\"a\":1}", "{\"a\":9}")]
    [InlineData("$.r.s.t", "{\"a\":1}", "{\"a\":1,\"r\":{\"s\":{\"t\":9}}}")]
    [InlineData("$.l[1]", "{\"l\":[1,2]}", "{\"l\":[1,9]}")]
    [InlineData("$['x y']", "{}", "{\"x y\":9}")]
    [InlineData("$", "{\"a\":1}", "9")]
    public void A32_ResultPath_writes_into_the_raw_input_and_makes_the_objects_on_the_way(string path, string input, string output) =>
        Assert.Equal(output, Given.State($"\"Type\":\"Pass\",\"Result\":9,\"InputPath\":null,\"ResultPath\":\"{path}\"").Started(input).Output());

    [Theory]
    [InlineData("$.a.b", "{\"a\":1}")]
    [InlineData("$.a", "[1]")]
    [InlineData("$.l[2]", "{\"l\":[1,2]}")]
    public void A32_A_parent_that_is_no_object_fails_the_state_and_can_be_caught(string path, string input)
    {
        var given = Given.State($"\"Type\":\"Pass\",\"Result\":9,\"ResultPath\":\"{path}\"").Started(input);
        Assert.Equal("States.ResultPathMatchFailure", given.Failure().Error);

        var caught = Given.TaskAndB($$"""
            "ResultPath":"{{path}}","Catch":[{"ErrorEquals":["States.ResultPathMatchFailure"],"ResultPath":null,"Next":"B"}]
            """).Started(input).Completed("1");
        Assert.Equal(input, caught.Output());
    }

    [Fact]
    public void A37_The_context_object_can_be_read_by_InputPath_OutputPath_and_templates()
    {
        Assert.Equal("\"run\"", Given.State("\"Type\":\"Pass\",\"InputPath\":\"$$.Execution.Name\"").Started().Output());
        Assert.Equal("\"A\"", Given.State("\"Type\":\"Pass\",\"OutputPath\":\"$$.State.Name\"").Started().Output());
        Assert.Equal(
            """{"n":"machine"}""",
            Given.Task("\"ResultSelector\":{\"n.$\":\"$$.StateMachine.Name\"}").Started().Completed("1").Output());
        Assert.StartsWith("{\"Execution\":", Given.State("\"Type\":\"Pass\",\"InputPath\":\"$$\"").Started().Output());
    }

    [Fact]
    public void A39_Numbers_and_keys_go_through_as_they_were_written_and_what_is_made_of_them_is_compact()
    {
        const string big = "123456789012345678901234567890.10";
        var given = Given.State("\"Type\":\"Pass\",\"Parameters\":{\"z\":1.0,\"a.$\":\"$.n\"}").Started($$"""{ "n" : {{big}} , "e": 1E+2}""");
        Assert.Equal($$"""{"z":1.0,"a":{{big}}}""", given.Output());
        Assert.Equal(
            """{"b":1E+2,"a":-0}""",
            Given.State("\"Type\":\"Pass\",\"InputPath\":\"$.o\"").Started("""{"o": {"b": 1E+2, "a": -0} }""").Output());
    }

    [Fact]
    public void A_text_that_no_state_touches_goes_through_as_it_was_sent()
    {
        // Recorded at AWS: scenarios/test_parallel_state_nested.
        Assert.Equal("[[1, 2], [3]]", Given.State("\"Type\":\"Pass\"").Started("[[1, 2], [3]]").Output());
        Assert.Equal("[1, 2]", Given.Task().Started().Completed("[1, 2]").Output());
    }
}
