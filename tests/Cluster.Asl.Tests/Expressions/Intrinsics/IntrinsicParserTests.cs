using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;
using Cluster.Asl.Tests.Parsing;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class IntrinsicParserTests
{
    private const string Refusal =
        "SCHEMA_VALIDATION_FAILED: The value for the field 'parsed.$' must be a valid JSONPath or a valid intrinsic function call at /States/S/Parameters";

    [Fact]
    public void A109_There_are_eighteen_functions() => Assert.Equal(
        [
            "Array", "ArrayContains", "ArrayGetItem", "ArrayLength", "ArrayPartition", "ArrayRange", "ArrayUnique", "Base64Decode",
            "Base64Encode", "Format", "Hash", "JsonMerge", "JsonToString", "MathAdd", "MathRandom", "StringSplit", "StringToJson", "UUID",
        ],
        IntrinsicFunctions.All.Select(function => function.Name["States.".Length..]).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("States.Array(1,2)", "[1,2]")]
    [InlineData("States.Array( 1 ,\t2 , \r\n$.a )", "[1,2,\"x\"]")]
    [InlineData("States.Array(0, -1, 1.50, 2e-3, true, false, null, 'x')", "[0,-1,1.50,2e-3,true,false,null,\"x\"]")]
    [InlineData("States.Array($.a, $['a'], $[\"a\"], $$.State.Name, $)", "[\"x\",\"x\",\"x\",\"Here\",{\"a\":\"x\",\"l\":[{\"k\":\"a,b)\",\"v\":1},{\"v\":2}]}]")]
    [InlineData("States.Array($.l[?(@.k == 'a,b)')].v, $.l[*]['v'], $.l[0,1].v)", "[[1],[1,2],[1,2]]")]
    [InlineData("States.Array('', '\\'', '\\{\\}', '\\\\', '\\\\\\'', '\"', ',)(')", "[\"\",\"'\",\"{}\",\"\\\\\",\"\\\\'\",\"\\\"\",\",)(\"]")]
    [InlineData("States.MathAdd(States.MathAdd(1, 2), States.ArrayLength(States.Array()))", "3")]
    public void A109_Arguments_are_literals_paths_and_calls(string call, string expected) =>
        Assert.Equal(expected, Call.Value(call, """{"a":"x","l":[{"k":"a,b)","v":1},{"v":2}]}"""));

    [Theory]
    [InlineData(@"States.Format('\n')")]
    [InlineData(@"States.Format('\""')")]
    [InlineData(@"States.StringToJson('{\""a\"":1}')")]
    [InlineData(@"States.Format('\u0041')")]
    [InlineData(@"States.Array('a\')")]
    public void A109_Another_escape_refuses_the_definition(string call) => Assert.Equal(Refusal, Diagnostics(call));

    [Theory]
    [InlineData("States.Guid()")]
    [InlineData("States.uuid()")]
    [InlineData("States.()")]
    [InlineData("States.UUID")]
    [InlineData("States.UUID(")]
    [InlineData("States.UUID ()")]
    [InlineData("States.UUID())")]
    [InlineData("States.UUID() ")]
    [InlineData(" States.UUID()")]
    [InlineData("UUID()")]
    [InlineData("States.Array(1 2)")]
    [InlineData("States.Array(,)")]
    [InlineData("States.Array(1,)")]
    [InlineData("States.Array(,1)")]
    [InlineData("States.Array(01)")]
    [InlineData("States.Array(+1)")]
    [InlineData("States.Array(1.)")]
    [InlineData("States.Array(-)")]
    [InlineData("States.Array(nul)")]
    [InlineData("States.Array(True)")]
    [InlineData("States.Array(\"a\")")]
    [InlineData("States.Array('a)")]
    [InlineData("States.Array('it's')")]
    [InlineData("States.Array([1])")]
    [InlineData("States.Array({})")]
    [InlineData("States.Array($.)")]
    [InlineData("States.Array($.a b)")]
    [InlineData("States.Array($.a[)")]
    [InlineData("States.Array($.a['x)")]
    [InlineData("States.Array($.detail-type)")]
    [InlineData("States.Array($.a['b'].c-d)")]
    [InlineData("States.Array($.a.length())")]
    [InlineData("States.Array(@.a)")]
    [InlineData("States.Array(States)")]
    [InlineData("States.Array(States.Nothing(1))")]
    [InlineData("States.Array(1)[0]")]
    public void A109_A_text_that_is_no_call_refuses_the_definition(string call) => Assert.Equal(Refusal, Diagnostics(call));

    [Theory]
    [InlineData("$['detail-type']")]
    [InlineData("$.['detail-type']")]
    [InlineData("$['1st']['a b']")]
    [InlineData("$.größe")]
    [InlineData("$._a1")]
    [InlineData("$.a['[']")]
    public void A109_Names_of_other_characters_stand_in_brackets(string path) => Assert.Equal(
        "[1]",
        Call.Value($"States.Array({path})", """{"detail-type":1,"1st":{"a b":1},"größe":1,"_a1":1,"a":{"[":1}}"""));

    [Fact]
    public void A109_A_wrong_number_of_arguments_refuses_no_definition() => Assert.Equal("", Diagnostics("States.UUID(1, 2)"));

    [Fact]
    public void A109_Calls_nest_to_a_depth_of_ten()
    {
        Assert.Equal("[[[[[[[[[[]]]]]]]]]]", Call.Value(Nested(IntrinsicParser.MaxDepth)));
        Assert.Equal(Refusal, Diagnostics(Nested(IntrinsicParser.MaxDepth + 1)));
        Assert.Equal(Refusal, Diagnostics(Nested(100_000)));
    }

    [Theory]
    [InlineData("States.Array($v)", "$v")]
    [InlineData("States.Array(1, States.Array($order.id , $other))", "$order.id")]
    public void A109_A_variable_among_the_arguments_is_told(string text, string expected)
    {
        Assert.False(IntrinsicCall.TryParse(text, out var call, out var variable));
        Assert.Null(call);
        Assert.Equal(expected, variable);
    }

    private static string Nested(int depth) =>
        string.Concat(Enumerable.Repeat("States.Array(", depth)) + new string(')', depth);

    private static string Diagnostics(string call)
    {
        var text = new JsonString(call).ToString();
        return Definition.Diagnostics($$"""{"StartAt":"S","States":{"S":{"Type":"Pass","Parameters":{"parsed.$": {{text}} },"End":true} } }""");
    }
}
