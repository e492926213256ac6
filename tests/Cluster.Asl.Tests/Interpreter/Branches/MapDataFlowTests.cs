using Xunit;

namespace Cluster.Asl.Tests.Interpreter.Branches;

/// <summary>InputPath, ItemsPath, ItemSelector, the iterations, ResultSelector, ResultPath, OutputPath of Map.</summary>
public sealed class MapDataFlowTests
{
    [Fact]
    public void A30_A_map_passes_all_its_fields_in_the_order_of_a_task()
    {
        var given = Branching.MapOf(
            Branching.Pass,
            """
            "InputPath":"$.in","ItemsPath":"$.l","ItemSelector":{"v.$":"$$.Map.Item.Value","i.$":"$$.Map.Item.Index","y.$":"$.y"},
            "ResultSelector":{"first.$":"$[0]","all.$":"$[*].v"},"ResultPath":"$.out.r","OutputPath":"$.out"
            """).Started("""{"in":{"l":[7,8],"y":1},"out":{"kept":true}}""");
        Assert.Equal("""{"kept":true,"r":{"first":{"v":7,"i":0,"y":1},"all":[7,8]}}""", given.Output());
    }

    [Theory]
    [InlineData("\"InputPath\":null", "[5]")]
    [InlineData("\"InputPath\":null,\"ItemSelector\":{\"all.$\":\"$\"}", """[{"all":{}}]""")]
    [InlineData("\"OutputPath\":null", "{}")]
    [InlineData("\"ResultPath\":null", """{"items":[5]}""")]
    [InlineData("\"InputPath\":null,\"ResultPath\":null", """{"items":[5]}""")]
    public void A31_Null_empties_the_input_empties_the_output_or_throws_the_result_away(string fields, string output) =>
        Assert.Equal(output, Branching.Map(Branching.Pass, fields).Started("""{"items":[5]}""").Output());

    [Fact]
    public void A31_Inside_an_iteration_null_is_of_the_item() => Assert.Equal(
        "[{},{}]", Branching.Map("\"Type\":\"Pass\",\"OutputPath\":null,\"End\":true").Started("""{"items":[1,2]}""").Output());

    [Theory]
    [InlineData("$.r", """{"items":[1,2],"r":[1,2]}""")]
    [InlineData("$.items", """{"items":[1,2]}""")]
    [InlineData("$.r.s", """{"items":[1,2],"r":{"s":[1,2]}}""")]
    [InlineData("$.items[0]", """{"items":[[1,2],2]}""")]
    public void A32_ResultPath_writes_into_the_raw_input(string path, string output) =>
        Assert.Equal(output, Branching.Map(Branching.Pass, $"\"InputPath\":null,\"ResultPath\":\"{path}\"").Started("""{"items":[1,2]}""").Output());

    [Fact]
    public void A32_A_result_that_fits_nowhere_fails_the_state_and_can_be_caught()
    {
        const string field = "\"ResultPath\":\"$.items.b\"";
        Assert.Equal("States.ResultPathMatchFailure", Branching.Map(Branching.Pass, field).Started("""{"items":[1]}""").Failure().Error);
        var caught = Branching.Map(
            Branching.Pass, field + ",\"Catch\":[{\"ErrorEquals\":[\"States.ResultPathMatchFailure\"],\"ResultPath\":null,\"Next\":\"B\"}]");
        Assert.Equal("""{"items":[1]}""", caught.Started("""{"items":[1]}""").Output());
    }

    [Fact]
    public void A33_ItemSelector_fills_in_keys_that_end_in_dot_dollar_at_any_depth()
    {
        var given = Branching.Map(Branching.Pass, """
            "ItemSelector":{"a.$":"$$.Map.Item.Value","b":"$.x","c":{"d":[{"e.$":"$.x"},"$.x"]}}
            """).Started("""{"items":[5],"x":1}""");
        Assert.Equal("""[{"a":5,"b":"$.x","c":{"d":[{"e":1},"$.x"]}}]""", given.Output());
    }

    [Theory]
    [InlineData("\"ItemSelector\":{\"v.$\":\"$.no\"}", "The JSONPath '$.no' specified for the field 'v.$' could not be found in the input '{\"items\":[1]}'")]
    [InlineData("\"InputPath\":\"$.no\"", "Invalid path '$.no' : No results for path: $['no']")]
    [InlineData("\"MaxConcurrencyPath\":\"$.no\"", "The JSONPath '$.no' specified for the field 'MaxConcurrencyPath' could not be found in the input '{\"items\":[1]}'")]
    public void A34_A_path_that_leads_nowhere_fails_the_execution_and_the_state_is_named(string fields, string cause) =>
        Assert.Equal(cause, Branching.Map(Branching.Pass, fields).Started("""{"items": [1]}""").RuntimeCause());

    [Fact]
    public void A34_Where_a_path_into_the_context_object_leads_nowhere_that_object_is_quoted() => Assert.StartsWith(
        "The JSONPath '$$.Map.Item.Value.no' specified for the field 'v.$' could not be found in the input '{\"Execution\":{\"Id\":\"arn:aws:states:",
        Branching.Map(Branching.Pass, "\"ItemSelector\":{\"v.$\":\"$$.Map.Item.Value.no\"}").Started("""{"items":[1]}""").RuntimeCause());

    [Theory]
    [InlineData("$.none[*]", "[]")]
    [InlineData("$.items[?(@ > 5)]", "[]")]
    [InlineData("$.items[?(@ > 1)]", "[2]")]
    [InlineData("$..nothing", "[]")]
    [InlineData("$$.Execution.Input.none[0:2]", "[]")]
    public void A35_An_indefinite_path_of_ItemSelector_is_an_array_however_little_it_finds(string path, string found) => Assert.Equal(
        $$"""[{"v":{{found}}},{"v":{{found}}}]""",
        Branching.Map(Branching.Pass, $$"""
            "ItemSelector":{"v.$":"{{path}}"}
            """).Started("""{"items":[1,2]}""").Output());

    [Theory]
    [InlineData("\"ItemsPath\":\"$$.Execution.Input.l\"", "[3]")]
    [InlineData("\"ItemsPath\":\"$.l\",\"OutputPath\":\"$$.State.Name\"", "\"A\"")]
    [InlineData("\"ItemsPath\":\"$.l\",\"ResultSelector\":{\"n.$\":\"$$.Execution.Name\"}", """{"n":"run"}""")]
    [InlineData("\"ItemsPath\":\"$.l\",\"ItemSelector\":{\"n.$\":\"$$.State.Name\"}", """[{"n":"A"}]""")]
    [InlineData("\"InputPath\":\"$$.Execution.Input\",\"ItemsPath\":\"$.l\"", "[3]")]
    public void A37_The_context_object_can_be_read_by_every_field_of_a_map(string fields, string output) =>
        Assert.Equal(output, Branching.MapOf(Branching.Pass, fields).Started("""{"l":[3],"one":1}""").Output());
}
