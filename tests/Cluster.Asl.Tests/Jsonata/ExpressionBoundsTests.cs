using System.Diagnostics;
using Cluster.Asl.Expressions.Jsonata;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Jsonata;

/// <summary>Expressions that want too much are told so, soon: too deep, too long, too many, too large.</summary>
public sealed class ExpressionBoundsTests
{
    private const int Deep = 200_000;

    /// <summary>Twice the 2 s that are promised, for machines that do other things, too; the benchmarks judge the promise.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>A part that is repeated, and what comes before, in the middle and behind.</summary>
    [Theory]
    [InlineData("", "(", "1", ")")]
    [InlineData("", "(", "", "")]
    [InlineData("", "[", "1", "]")]
    [InlineData("", "[", "", "")]
    [InlineData("", "{\"a\":", "1", "}")]
    [InlineData("", "-", "1", "")]
    [InlineData("", "a[", "1", "]")]
    [InlineData("", "a.(", "b", ")")]
    [InlineData("", "a^(", "b", ")")]
    [InlineData("", "a{b:", "c", "}")]
    [InlineData("", "$f(", "1", ")")]
    [InlineData("", "$string(", "1", ")")]
    [InlineData("", "function($x){", "$x", "}")]
    [InlineData("", "function($x){", "$x", "}(1)")]
    [InlineData("", "a?", "b", ":c")]
    [InlineData("", "a?b:", "c", "")]
    [InlineData("", "a ?: ", "b", "")]
    [InlineData("", "a ?? ", "b", "")]
    [InlineData("", "$x := ", "1", "")]
    [InlineData("1", "+1", "", "")]
    [InlineData("1", "&1", "", "")]
    [InlineData("1", " and 1", "", "")]
    [InlineData("1", " in 1", "", "")]
    [InlineData("a", ".a", "", "")]
    [InlineData("a", "[0]", "", "")]
    [InlineData("a", "[]", "", "")]
    [InlineData("a", "^(b)", "", "")]
    [InlineData("a", "@$b", "", "")]
    [InlineData("a", "#$b", "", "")]
    [InlineData("$f", "()", "", "")]
    [InlineData("$f", "(?)", "", "")]
    [InlineData("a", "~>$string", "", "")]
    [InlineData("a", "~>|b|{}|", "", "")]
    [InlineData("a", ".%", "", "")]
    [InlineData("a", ".**", "", "")]
    [InlineData("", "|a|", "{}", "|")]
    [InlineData("(", "1;", "1", ")")]
    [InlineData("/", "(", "a", ")")]
    [InlineData("function($x)<", "a<", "s", ">")]
    [InlineData("function($x)<", "(", "s", ")")]
    [InlineData("", "/*", "", "")]
    [InlineData("", "\"", "", "")]
    public void Whatever_nests_200000_deep_is_answered_soon(string before, string opening, string middle, string closing)
    {
        var text = before + string.Concat(Enumerable.Repeat(opening, Deep)) + middle + string.Concat(Enumerable.Repeat(closing, Deep));

        Within(text, JsonataDialect.Reference, JsonataLimits.Reference, JsonValue.Parse("""{"a":1}"""));
        Within(text, JsonataDialect.StepFunctions, JsonataLimits.StepFunctions, input: null);
    }

    [Theory]
    [InlineData("($f := function($x, $n) { $n = 0 ? $x : $f([[$x]], $n - 1) }; $f(1, 200000))")]
    [InlineData("($f := function($x, $n) { $n = 0 ? $x : $f({\"a\": $x}, $n - 1) }; $f(1, 200000))")]
    [InlineData("$reduce([1..200000], function($x, $i) { [[$x]] })")]
    [InlineData("$reduce([1..200000], function($x, $i) { {\"a\": $x} })")]
    [InlineData("$parse($join([1..200000].(\"[\")))")]
    [InlineData("$string($reduce([1..200000], function($x, $i) { [[$x], $x] }, []))")]
    [InlineData("($f := function($x) { $x > 0 ? [$f($x - 1)] : 1 }; $f(200000))")]
    public void A_value_of_200000_levels_is_refused_soon(string text) =>
        Assert.Equal(JsonataOutcome.Error, Within(text, JsonataDialect.StepFunctions, JsonataLimits.StepFunctions, input: null)!.Value.Outcome);

    [Theory]
    [InlineData("($f := function() { $f() + 1 }; $f())", JsonataLimits.DepthSentence)]
    [InlineData("($f := function() { $f() }; $f())", JsonataLimits.StepsSentence)]
    [InlineData("($f := function($n) { $g($n + 1) }; $g := function($n) { $f($n) }; $f(0))", JsonataLimits.StepsSentence)]
    [InlineData("[1..10000000]", JsonataLimits.MemorySentence)]
    [InlineData("[1..873783]", JsonataLimits.MemorySentence)]
    [InlineData("$count([1..873783])", JsonataLimits.MemorySentence)]
    [InlineData("$map([1..800000], function($x) { [1..800000] })", JsonataLimits.MemorySentence)]
    [InlineData("([1..1000]).([1..1000]).([1..1000])", JsonataLimits.MemorySentence)]
    [InlineData("$reduce([1..800000], function($a, $b) { $append($a, $b) })", JsonataLimits.MemorySentence)]
    [InlineData("$reduce([1..64], function($a, $b) { $a & $a }, \"a\")", JsonataLimits.MemorySentence)]
    [InlineData("$reduce([1..64], function($a, $b) { $append($a, $a) }, [1])", JsonataLimits.MemorySentence)]
    [InlineData("$reduce([1..64], function($a, $b) { $replace($a, /a/, \"aa\") }, \"a\")", JsonataLimits.MemorySentence)]
    [InlineData("$reduce([1..64], function($a, $b) { $join([$a, $a]) }, \"a\")", JsonataLimits.MemorySentence)]
    [InlineData("$pad(\"a\", 1000000000)", JsonataLimits.MemorySentence)]
    [InlineData("$pad(\"a\", -1000000000, \"bc\")", JsonataLimits.MemorySentence)]
    [InlineData("$string($map([1..800000], function($i) { \"0123456789\" }))", JsonataLimits.MemorySentence)]
    [InlineData("$split($pad(\"\", 900000, \",\"), \",\")", JsonataLimits.MemorySentence)]
    public void A45_a_bomb_is_told_what_it_is_soon(string text, string sentence)
    {
        var result = Within(text, JsonataDialect.StepFunctions, JsonataLimits.StepFunctions, input: null)!.Value;

        Assert.Equal(JsonataOutcome.Error, result.Outcome);
        Assert.Equal(sentence, result.Error!.Message);
    }

    [Theory]
    [InlineData("$count([1..873782])")]
    [InlineData("$match($pad(\"\", 50000, \"a\") & \"!\", /(a+)+$/)")]
    [InlineData("$match($pad(\"\", 50000, \"a\") & \"!\", /(a*)*b/)")]
    [InlineData("$toMillis($pad(\"\", 50000, \"1\"))")]
    [InlineData("$toMillis($pad(\"\", 50000, \"1\"), \"[Y][M][D]\")")]
    [InlineData("$toMillis($pad(\"\", 50000, \"one \"), \"[Yw] [Mw] [Dw]\")")]
    [InlineData("$parseInteger($pad(\"\", 50000, \"one hundred and \"), \"w\")")]
    [InlineData("$fromMillis(0, $pad(\"\", 50000, \"[Y]\"))")]
    [InlineData("$formatNumber(1, $pad(\"\", 50000, \"#\"))")]
    [InlineData("$formatInteger(1e300, \"w\")")]
    [InlineData("$sort([1..800000], function($a, $b) { true })")]
    [InlineData("$sort($map([1..300000], function($i) { $i * 7919 % 300007 }))")]
    [InlineData("$distinct([1..800000])")]
    [InlineData("$distinct([1..20000].{\"a\": $})")]
    [InlineData("[1..300000]{$string($): $}")]
    [InlineData("[1..300000]^(>$)")]
    [InlineData("$shuffle([1..800000])")]
    [InlineData("$zip([1..400000], [1..400000])")]
    [InlineData("$merge([1..300000].{$string($): $})")]
    [InlineData("([1..3000].{\"a\": [1..10]}).**")]
    [InlineData("$partition([1..800000], 1)")]
    [InlineData("$range(1, 1e308, 1e-308)")]
    [InlineData("$range(1, 2, 0)")]
    [InlineData("$hash($pad(\"\", 5000000), \"SHA-512\")")]
    [InlineData("$power(10, 1000)")]
    [InlineData("[1..1000][$ in [1..800]]")]
    [InlineData("[1..100000].($reverse([1..100])[0])")]
    [InlineData("$reduce([1..2000], function($a, $b) { $a & $b }, \"\")")]
    [InlineData("$substringAfter($pad(\"\", 5000000, \"a\"), $pad(\"\", 2000, \"a\") & \"b\")")]
    public void A_costly_expression_is_answered_soon(string text) =>
        Within(text, JsonataDialect.StepFunctions, JsonataLimits.StepFunctions, input: null);

    [Fact]
    public void A45_the_longest_array_is_taken_and_one_more_element_is_not()
    {
        Assert.Equal(JsonataOutcome.Value, Within("$count([1..873782])", JsonataDialect.StepFunctions, JsonataLimits.StepFunctions, input: null)!.Value.Outcome);
        Assert.Equal(JsonataOutcome.Error, Within("$count([1..873783])", JsonataDialect.StepFunctions, JsonataLimits.StepFunctions, input: null)!.Value.Outcome);
    }

    [Fact]
    public void A42_eval_is_no_function()
    {
        var error = Within("$eval(\"1\")", JsonataDialect.StepFunctions, JsonataLimits.StepFunctions, input: null)!.Value.Error;

        Assert.Equal("T1006: Attempted to invoke a non-function", error!.ToString());
    }

    /// <summary>Compiles and evaluates; null when the text is no expression.</summary>
    private static JsonataResult? Within(string text, JsonataDialect dialect, JsonataLimits limits, JsonValue? input)
    {
        // A busy machine slows whatever runs: the better of two tries counts.
        for (var isLast = false; ; isLast = true)
        {
            var clock = Stopwatch.StartNew();
            JsonataResult? result = JsonataExpression.TryCompile(text, dialect, out var expression, out _)
                ? expression.Evaluate(new JsonataScope(input, Bindings: null, limits))
                : null;
            if (clock.Elapsed <= Longest)
                return result;
            Assert.False(isLast, $"took {clock.Elapsed.TotalSeconds} s");
        }
    }
}
