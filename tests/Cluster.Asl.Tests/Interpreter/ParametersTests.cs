using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>Payload templates and paths as states use them, and the words for what they do not find.</summary>
public sealed class ParametersTests
{
    [Fact]
    public void A33_Only_keys_that_end_in_dot_dollar_are_filled_in_at_any_depth_but_no_string_in_an_array()
    {
        var given = Given.State("""
            "Type":"Pass","Parameters":{"a.$":"$.x","b":"$.x","c":{"d":[{"e.$":"$.x"},"$.x"]}}
            """).Started("""{"x":1}""");
        Assert.Equal("""{"a":1,"b":"$.x","c":{"d":[{"e":1},"$.x"]}}""", given.Output());
    }

    [Fact]
    public void A34_A_definite_path_of_a_template_that_leads_nowhere_fails_the_execution() => Assert.Equal(
        "The JSONPath '$.x' specified for the field 'value.$' could not be found in the input '{\"a\":1}'",
        Given.State("\"Type\":\"Pass\",\"Parameters\":{\"value.$\":\"$.x\"}").Started("""{"a": 1}""").RuntimeCause());

    [Theory]
    [InlineData("InputPath", "$.x", "Invalid path '$.x' : No results for path: $['x']")]
    [InlineData("InputPath", "$.a.no", "Invalid path '$.a.no' : No results for path: $['a']['no']")]
    [InlineData("InputPath", "$.no.such", "Invalid path '$.no.such' : Missing property in path $['no']")]
    [InlineData("OutputPath", "$.x", "Invalid path '$.x' : No results for path: $['x']")]
    [InlineData("OutputPath", "$.no.such", "Invalid path '$.no.such' : Missing property in path $['no']")]
    public void A34_InputPath_and_OutputPath_that_lead_nowhere_fail_in_Jayways_words(string field, string path, string cause) =>
        Assert.Equal(cause, Given.State($"\"Type\":\"Pass\",\"{field}\":\"{path}\"").Started("""{"a":{}}""").RuntimeCause());

    [Fact]
    public void A34_An_element_outside_of_its_array_is_null_in_a_template_and_missing_as_an_argument()
    {
        var state = Given.State("\"Type\":\"Pass\",\"Parameters\":{\"v.$\":\"$.l[5]\"}");
        Assert.Equal("""{"v":null}""", state.Started("""{"l":[1]}""").Output());
        Assert.Equal(
            "The function 'States.Format('{}', $.l[5])' had the following error: The JsonPath argument for the field '$.l[5]' could not be found in the input '{\"l\":[1]}'",
            Given.State("\"Type\":\"Pass\",\"Parameters\":{\"v.$\":\"States.Format('{}', $.l[5])\"}").Started("""{"l":[1]}""").RuntimeCause());
    }

    [Theory]
    [InlineData("\"Parameters\":{\"v.$\":\"$\"}")]
    [InlineData("\"Parameters\":{\"v.$\":\"$.a\"}")]
    [InlineData("\"InputPath\":\"$.a\"")]
    [InlineData("\"OutputPath\":\"$.a[*]\"")]
    public void No_path_goes_into_a_null_input(string field) => Assert.Equal(
        "Unable to apply Path transformation to null or empty input.", Given.State($"\"Type\":\"Pass\",{field}").Started("null").RuntimeCause());

    [Theory]
    [InlineData("")]
    [InlineData(",\"InputPath\":\"$\",\"OutputPath\":\"$\"")]
    public void The_whole_of_a_null_input_passes(string fields) =>
        Assert.Equal("null", Given.State($"\"Type\":\"Pass\"{fields}").Started("null").Output());

    [Theory]
    [InlineData("$.items[*]")]
    [InlineData("$.items[0:2]")]
    [InlineData("$.items[?(@.x > 1)]")]
    [InlineData("$..nothing")]
    public void A35_An_indefinite_path_that_finds_nothing_is_an_empty_array(string path)
    {
        Assert.Equal("""{"v":[]}""", Given.State($$"""
            "Type":"Pass","Parameters":{"v.$":"{{path}}"}
            """).Started("{}").Output());
        Assert.Equal("[]", Given.State($"\"Type\":\"Pass\",\"InputPath\":\"{path}\"").Started("{}").Output());
    }

    [Fact]
    public void A35_An_indefinite_path_that_finds_one_value_is_an_array_of_it() => Assert.Equal(
        "[2]", Given.State("\"Type\":\"Pass\",\"InputPath\":\"$.items[?(@ > 1)]\"").Started("""{"items":[1,2]}""").Output());

    [Fact]
    public void A36_Every_failed_evaluation_names_the_state_and_its_entered_event()
    {
        var given = Given.States("""
            "A":{"Type":"Pass","Next":"B b"},"B b":{"Type":"Pass","InputPath":"$.x","End":true}
            """).Started();
        Assert.Equal(
            ("States.Runtime", "An error occurred while executing the state 'B b' (entered at the event id #4). Invalid path '$.x' : No results for path: $['x']"),
            given.Failure());
        Assert.Equal(4, given.End().PreviousId);
    }

    [Fact]
    public void A36_It_is_the_entered_event_of_this_visit_that_is_named_however_often_the_state_was_tried()
    {
        var given = Given.Task("\"ResultSelector\":{\"v.$\":\"$.no\"},\"Retry\":[{\"ErrorEquals\":[\"E\"]}],\"Catch\":[{\"ErrorEquals\":[\"F\"],\"Next\":\"A\"}]")
            .Started().Failed("E", null).After(1).Failed("F", null);
        Assert.Equal("10 9 TaskStateEntered A {\"Error\":\"F\",\"Cause\":null}", given.History()[9]);
        given.Failed("E", null).After(1).Completed("{}");
        Assert.StartsWith("An error occurred while executing the state 'A' (entered at the event id #10). ", given.Failure().Cause);
    }

    [Theory]
    [InlineData("$.a['b c']", "1")]
    [InlineData("$.l[(@.length-1)]", "3")]
    [InlineData("$.l[0:2]", "[1,2]")]
    [InlineData("$.l[*]", "[1,2,3]")]
    [InlineData("$..x", "[7]")]
    [InlineData("$['l','o']", """{"l":[1,2,3],"o":{"x":7}}""")]
    [InlineData("$.l[?(@ >= 2 && @ != 3)]", "[2]")]
    public void A38_The_dialect_of_paths_is_Jayways(string path, string output) => Assert.Equal(
        output, Given.State($"\"Type\":\"Pass\",\"InputPath\":\"{path}\"").Started("""{"a":{"b c":1},"l":[1,2,3],"o":{"x":7}}""").Output());
}
