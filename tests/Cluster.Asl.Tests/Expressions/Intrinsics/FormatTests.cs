using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class FormatTests
{
    private const string Input = """{"s":"text","n":1.10,"nul":null,"t":true,"o":{"Arg1":1,"Arg2":[],"Arg3":{"x":"y z"}},"l":[1,"a",[null]],"tpl":"<{}|\\{\\}>"}""";

    [Theory]
    [InlineData("States.Format('')", "")]
    [InlineData("States.Format('no place')", "no place")]
    [InlineData("States.Format('Formatting argument {}.', $.s)", "Formatting argument text.")]
    [InlineData("States.Format('{}{}', $.s, $.s)", "texttext")]
    [InlineData("States.Format('{} {} {}', $.nul, $.t, $.n)", "null true 1.10")]
    [InlineData("States.Format('{}', 'x')", "x")]
    [InlineData("States.Format('{} {} {}', 5, -1.5e2, null)", "5 -1.5e2 null")]
    [InlineData("States.Format('{}', '{}')", "{}")]
    [InlineData("States.Format($.tpl, $.s)", "<text|{}>")]
    [InlineData("States.Format(States.Format('\\{\\}-{}', '{}'), 1, 2)", "1-2")]
    public void A100_Each_pair_of_braces_takes_an_argument(string call, string expected) =>
        Assert.Equal(Quoted(expected), Call.Value(call, Input));

    [Theory]
    [InlineData("$.o", "{Arg1=1, Arg2=[], Arg3={x=y z}}")]
    [InlineData("$.l", "[1, a, [null]]")]
    [InlineData("States.Array()", "[]")]
    public void A100_Objects_and_arrays_are_printed_as_Java_prints_maps_and_lists(string argument, string expected) =>
        Assert.Equal(Quoted(expected), Call.Value($"States.Format('{{}}', {argument})", Input));

    [Theory]
    [InlineData(@"it\'s", "it's")]
    [InlineData(@"\{{}\}", "{text}")]
    [InlineData(@"a\\b{}", @"a\btext")]
    [InlineData(@"\\\\{}", @"\\text")]
    [InlineData("a}b{}", "a}btext")]
    [InlineData("\n{}", "\ntext")]
    public void A100_Quotes_braces_and_backslashes_are_escaped(string template, string expected)
    {
        var places = template.Contains("{}", StringComparison.Ordinal) ? ", $.s" : "";
        Assert.Equal(expected, Call.Of($"States.Format('{template}'{places})", JsonValue.Parse(Input)) is JsonString text ? text.Value : null);
    }

    [Theory]
    [InlineData("States.Format('{}')", "The template has 1 occurrences of {}, but there are 0 arguments to fill them")]
    [InlineData("States.Format('{}', 1, 2)", "The template has 1 occurrences of {}, but there are 2 arguments to fill them")]
    [InlineData("States.Format($.tpl)", "The template has 1 occurrences of {}, but there are 0 arguments to fill them")]
    [InlineData("States.Format('{\"a\":{}}', 1)", "matching '}' not found for '{'")]
    [InlineData("States.Format('{')", "matching '}' not found for '{'")]
    [InlineData("States.Format(1)", "Argument 1 of States.Format must be a string")]
    [InlineData("States.Format()", "States.Format takes at least 1 argument, but was called with 0")]
    public void A100_A_template_that_does_not_fit_its_arguments_fails(string call, string expected) =>
        Assert.Equal(expected, Call.Failure(call, Input));

    private static string Quoted(string text) => new JsonString(text).ToString();
}
