using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata;

/// <summary>The dialect of Step Functions, and what an evaluation is given and gives back.</summary>
public sealed class JsonataStepFunctionsTests
{
    [Theory]
    [InlineData("$partition([1..5], 2)", "[[1,2],[3,4],[5]]")]
    [InlineData("$partition([1, 2], 2.9)", "[[1,2]]")]
    [InlineData("$partition([1], 0)", "undefined")]
    [InlineData("$partition([], 1)", "undefined")]
    [InlineData("$partition([1, 2])", "[[1,2]]")]
    [InlineData("$partition([1], -2)", "D3137")]
    [InlineData("$partition(\"a\", 1)", "T0412")]
    [InlineData("$range(1, 9, 4)", "[1,5,9]")]
    [InlineData("$range(1, 10, 4)", "[1,5,9]")]
    [InlineData("$range(9, 1, -4)", "[9,5,1]")]
    [InlineData("$range(-1.7, 2, 1)", "[-1,0,1,2]")]
    [InlineData("$range(1, 9, 9)", "1")]
    [InlineData("$range(1, 5)", "undefined")]
    [InlineData("$range(1, 5, -1)", "undefined")]
    [InlineData("$range(1)", "T0410")]
    [InlineData("$hash(\"abc\", \"MD5\")", "\"900150983cd24fb0d6963f7d28e17f72\"")]
    [InlineData("$hash(\"abc\", \"SHA-1\")", "\"a9993e364706816aba3e25717850c26c9cd0d89d\"")]
    [InlineData("$hash(\"abc\")", "undefined")]
    [InlineData("$hash(\"abc\", \"md5\")", "D3137")]
    [InlineData("$hash(1, \"MD5\")", "T0410")]
    [InlineData("$random(42)", "0.7275636800328681")]
    [InlineData("$parse(\"{\\\"a\\\": [1, null]}\").a", "[1,null]")]
    [InlineData("$parse(\"1 2\")", "D3137")]
    [InlineData("$parse(\"\")", "D3137")]
    [InlineData("$parse(1)", "T0410")]
    [InlineData("$uuid(1)", "T0410")]
    [InlineData("$eval(\"1\")", "T1006")]
    public void A42_functions_of_Step_Functions(string expression, string answer) =>
        Assert.Equal(answer, Answer.Of(expression, dialect: JsonataDialect.StepFunctions));

    [Theory]
    [InlineData("phone", "Reference to 'phone' at the top level is not supported.")]
    [InlineData("{\"a\": [b.c]}", "Reference to 'b' at the top level is not supported.")]
    [InlineData("$map($states.input.a, function($x) { b })", "Reference to 'b' at the top level is not supported.")]
    [InlineData("$states.input.a[$$.b = 1]", "Reference to '$$' is not supported.")]
    [InlineData("$", "Reference to '$' at the top level is not supported.")]
    public void A41_names_without_a_document_are_refused(string expression, string sentence)
    {
        Assert.False(JsonataExpression.TryCompile(expression, JsonataDialect.StepFunctions, out _, out var error));
        Assert.Equal("UNSUPPORTED_JSONATA_EXPRESSION", error.Code);
        Assert.Equal(sentence, error.Message);
    }

    [Theory]
    [InlineData("$states.input.items[value > 3]")]
    [InlineData("$states.input.items^(value).name")]
    [InlineData("$states.input.items{name: value}")]
    [InlineData("$states.input.items.{\"n\": name, \"v\": $}")]
    [InlineData("$states.input ~> |items|{\"n\": value}|")]
    public void A41_names_behind_a_variable_are_taken(string expression) =>
        Assert.True(JsonataExpression.TryCompile(expression, JsonataDialect.StepFunctions, out _, out _));

    [Fact]
    public void A41_an_expression_tells_what_it_reads()
    {
        Assert.True(JsonataExpression.TryCompile(
            "$states.input.a & $states.errorOutput & $count($rows)", JsonataDialect.StepFunctions, out var expression, out _));
        Assert.Contains(new JsonataReference("states", "input"), expression.References);
        Assert.Contains(new JsonataReference("states", "errorOutput"), expression.References);
        Assert.Contains(new JsonataReference("rows", null), expression.References);
    }

    [Fact]
    public void A45_an_array_of_873782_elements_passes_and_one_more_does_not()
    {
        Assert.Equal("873782", Answer.Of("$count([1..873782])", dialect: JsonataDialect.StepFunctions));
        Assert.Equal(JsonataLimits.MemorySentence, Answer.Of("$count([1..873783])", dialect: JsonataDialect.StepFunctions));
        Assert.Equal("360145", Answer.Of("$count($range(1, 360145, 1))", dialect: JsonataDialect.StepFunctions));
        Assert.Equal(JsonataLimits.MemorySentence, Answer.Of("$count($range(1, 360146, 1))", dialect: JsonataDialect.StepFunctions));
    }

    [Fact]
    public void A45_a_string_doubles_22_times()
    {
        const string Double = "($f := function($s, $n) {{ $n = 0 ? $s : $f($s & $s, $n - 1) }}; $length($f(\"x\", {0})))";
        Assert.Equal("4194304", Answer.Of(Text(Double, 22), dialect: JsonataDialect.StepFunctions));
        Assert.Equal(JsonataLimits.MemorySentence, Answer.Of(Text(Double, 23), dialect: JsonataDialect.StepFunctions));
    }

    [Fact]
    public void A45_parts_nest_100_deep()
    {
        const string Recursion = "($f := function($n) {{ $n = 0 ? 0 : 1 + $f($n - 1) }}; $f({0}))";
        Assert.Equal("31", Answer.Of(Text(Recursion, 31), dialect: JsonataDialect.StepFunctions));
        Assert.Equal("U1001", Answer.Of(Text(Recursion, 32), dialect: JsonataDialect.StepFunctions));
        Assert.Equal("100", Answer.Of("1" + string.Concat(Enumerable.Repeat("+1", 99)), dialect: JsonataDialect.StepFunctions));
        Assert.Equal("U1001", Answer.Of("1" + string.Concat(Enumerable.Repeat("+1", 100)), dialect: JsonataDialect.StepFunctions));
        Assert.Equal("1", Answer.Of(new string('(', 99) + "1" + new string(')', 99), dialect: JsonataDialect.StepFunctions));
        Assert.Equal("U1001", Answer.Of(new string('(', 100) + "1" + new string(')', 100), dialect: JsonataDialect.StepFunctions));
    }

    [Fact]
    public void A45_what_never_ends_is_ended()
    {
        Assert.Equal("U1001", Answer.Of("($f := function() { $f() }; $f())", dialect: JsonataDialect.StepFunctions));
        Assert.Equal(
            JsonataLimits.MemorySentence,
            Answer.Of("$map([1..800000], function($x) { [1..800000] })", dialect: JsonataDialect.StepFunctions));
    }

    [Fact]
    public void Numbers_that_are_only_passed_through_stay_as_they_were_written()
    {
        var document = JsonValue.Parse("""{"big": 12345678901234567890123, "money": 1.10, "all": [1.0, 2e3]}""");
        Assert.Equal("12345678901234567890123", Answer.Of("big", document));
        Assert.Equal("""{"m":1.10,"a":[1.0,2e3]}""", Answer.Of("{\"m\": money, \"a\": all}", document));
        Assert.Equal("1.1", Answer.Of("money + 0", document));
    }

    [Theory]
    [InlineData("1 / 0", "\"Infinity\"")]
    [InlineData("[-1 / 0]", "[\"-Infinity\"]")]
    [InlineData("{\"k\": 0 / 0}", "{\"k\":\"NaN\"}")]
    [InlineData("function($x) { $x }", "a function")]
    [InlineData("[$sum]", "a function")]
    [InlineData("{\"f\": [function() { 1 }]}", "a function")]
    public void What_JSON_does_not_have_leaves_as_a_name_or_not_at_all(string expression, string answer) =>
        Assert.Equal(answer, Answer.Of(expression));

    [Fact]
    public void A_document_is_shared_and_a_result_can_be_a_document_again()
    {
        var document = JsonValue.Parse("""{"a": {"b": [1, 2]}, "c": [{"d": 1}]}""");
        var first = Answer.Result("{\"x\": a, \"y\": c.d[], \"z\": a.b}", document, JsonataDialect.Reference).Value!;
        Assert.Same(((JsonObject)document)["a"], ((JsonObject)first)["x"]);

        // What the expression remembered about its arrays is gone: y is an array of one, however it was made.
        Assert.Equal("[1]", Answer.Of("y", first));
        Assert.Equal("[1]", Answer.Of("$.y", first));
    }

    [Fact]
    public void Variables_of_the_caller_are_asked_for_once_and_hide_functions()
    {
        var asked = new CountingBindings();
        var result = Answer.Result("$n + $n + $sum", document: null, JsonataDialect.StepFunctions, asked);
        Assert.Equal("11", result.Value!.ToString());
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public void Chance_comes_from_the_seed()
    {
        static string Draw(ulong seed) => Answer.Result("[$random(), $uuid()]", null, JsonataDialect.StepFunctions, seed: seed).Value!.ToString();
        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    private static string Text(string format, int count) => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, count);

    private sealed class CountingBindings : IJsonataBindings
    {
        public int Count { get; private set; }

        public bool TryRead(string name, out JsonValue? value)
        {
            Count++;
            value = JsonNumber.Of(name == "n" ? 5 : 1);
            return true;
        }
    }
}
