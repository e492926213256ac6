using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>What generated expressions showed to differ from the reference implementation; the expected answers are its own.</summary>
public sealed class BesideTheReferenceTests
{
    private static readonly JsonValue Document = JsonValue.Parse("""{"list": [{"a": 1}, {"a": 2}], "nested": [[1, 2], [3, [4]], []], "name": "n"}""");

    [Theory]
    [InlineData("list.nothing[0]", null)]
    [InlineData("list.nothing[-1]", null)]
    [InlineData("list.nothing[0][0]", null)]
    [InlineData("nested.nothing[0]", null)]
    [InlineData("[list.nothing[0]]", "[]")]
    [InlineData("list.a[0]", "[1,2]")]
    [InlineData("$map([1,2,3], function($v) { $filter([$v], function($x) { $x > 1 }) })", "[[],[2],[3]]")]
    [InlineData("$map([1,2,3], function($v) { $filter([$v], function($x) { $x > 1 }) + 1 })", "[3,4]")]
    [InlineData("$map([1,2], function($v) { $match(\"ab\", /b/).index })", "[1,1]")]
    [InlineData("$map([1,2], function($v) { $keys({\"a\": 1}) })", """[["a"],["a"]]""")]
    [InlineData("$map([1,2,3], function($v) { $filter([$v], function($x) { $x > 1 }) })[1]", "2")]
    [InlineData("$each({\"a\": 1}, function($v) { $filter([1], function($x) { false }) })", "[]")]
    [InlineData("$filter([1,2], function($v) { $filter([1], function($x) { false }) })", null)]
    [InlineData("$map([1,2,3], function($v) { $filter([$v], function($x) { $x > 1 }) }).($)", "[2,3]")]
    [InlineData("$map([1,2], function($v) { $v ~> $filter(function($x) { $x > 1 }) })", "2")]
    [InlineData("$count($map([1,2,3], function($v) { $filter([$v], function($x) { $x > 1 }) }))", "3")]
    [InlineData("$string($map([1,2,3], function($v) { $filter([$v], function($x) { $x > 1 }) }))", "\"[[],[2],[3]]\"")]
    [InlineData("(function() { $filter([1,2], function($x) { $x = 1 }) })()", "1")]
    [InlineData("[].nothing", "[]")]
    [InlineData("[].nothing.(1)", "[]")]
    [InlineData("$count([].a.b)", "0")]
    [InlineData("($x := [1/0]; [$x, $x].$string(2))", """["2","2"]""")]
    [InlineData("$match(\"ab\", /(a)|(b)/).groups", """["a",null,null,"b"]""")]
    [InlineData("$count($match(\"aa\", /a/))", "2")]
    [InlineData("$match(\"a\", /a/).index", "0")]
    [InlineData("$replace(\"265USD\", /([0-9]+)USD/, \"$ 1$2$w$$\")", "\"$ 1$w$\"")]
    [InlineData("$split(\"a1b22c\", /\\d/, 3)", """["a","b",""]""")]
    [InlineData("$split(\"\", \"\")", "[]")]
    [InlineData("$split(\"abc\", \"\", 1.5)", """["a"]""")]
    [InlineData("/a/(\"ba\", 1).start", "1")]
    [InlineData("/a/(\"baa\").next().end", "3")]
    [InlineData("/a*/(\"xa\").match", "\"\"")]
    [InlineData("$contains(\"abc\", function($s) {{\"match\": \"b\", \"start\": 1, \"end\": 2, \"groups\": [], \"next\": function() {$x}}})", "true")]
    public void An_expression_gives_what_the_reference_gives(string text, string? expected)
    {
        var result = Evaluate(text);

        Assert.Null(result.Error);
        Assert.Equal(expected, result.Value?.ToString());
    }

    [Theory]
    [InlineData("($f := function($v)<n:n>{$v}; $f(\"a\"))", "T0410", "Argument 1 of function \"f\" does not match function signature", 33, "f")]
    [InlineData("$reduce(name, function($p, $q) { $p + $q }, {})", "T2001", "The left side of the \"+\" operator must evaluate to a number", 8, "+")]
    [InlineData("list[$uppercase(a)]", "T0410", "Argument 1 of function \"uppercase\" does not match function signature", 16, "uppercase")]
    [InlineData("$match(\"aa\", /a*?/)", "D1004", "Regular expression matches zero length string", 7, "match")]
    [InlineData("$match(\"a\", \"a\")", "T0410", "Argument 2 of function \"match\" does not match function signature", 7, "match")]
    [InlineData("$match(\"a\", function($s) {1})", "T1010", "The matcher function argument passed to function \"match\" does not return the correct object structure", 7, "match")]
    [InlineData("$split(\"a\", /,/, -1)", "D3020", "Third argument of split function must evaluate to a positive number", 7, "split")]
    [InlineData("$replace(\"a\", \"\", \"b\")", "D3010", "Second argument of replace function cannot be an empty string", 9, "replace")]
    [InlineData("$replace(\"a\", /a/, function($m) {1})", "D3012", "Attempted to replace a matched string with a non-string value", 9, "replace")]
    public void An_error_is_told_as_the_reference_tells_it(string text, string code, string message, int position, string token)
    {
        var error = Evaluate(text).Error;

        Assert.Equal((code, message, position, token), (error?.Code, error?.Message, error?.Position, error?.Token));
    }

    [Theory]
    [InlineData("list{function(){1}: a}")]
    [InlineData("-[function(){1}]")]
    [InlineData("[function(){1}] < [function(){1}]")]
    public void An_error_about_a_function_holds_none(string text)
    {
        var error = Evaluate(text).Error;

        Assert.NotNull(error);
        Assert.Null(error.Value);
    }

    private static JsonataResult Evaluate(string text)
    {
        Assert.True(JsonataExpression.TryCompile(text, JsonataDialect.Reference, out var expression, out var error), error?.ToString());
        return expression.Evaluate(new JsonataScope(Document, Bindings: null, JsonataLimits.Reference));
    }
}
