using Cluster.Asl.Expressions.Jsonata;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Functions;

public sealed class StringFunctionTests
{
    [Theory]
    [InlineData("$string('a\"b')", "\"a\\\"b\"")]
    [InlineData("$string(['a\"b\\u0007', 1e21, true, null])", "\"[\\\"a\\\\\\\"b\\\\u0007\\\",1e+21,true,null]\"")]
    [InlineData("$string(0.1 + 0.2)", "\"0.3\"")]
    [InlineData("$string(123456789012345678)", "\"123456789012345680\"")]
    [InlineData("$string({'a': [1, {}], 'b': []}, true)", "\"{\\n  \\\"a\\\": [\\n    1,\\n    {}\\n  ],\\n  \\\"b\\\": []\\n}\"")]
    [InlineData("$string($string)", "\"\"")]
    [InlineData("$string(nothing)", "undefined")]
    [InlineData("(5).$string()", "\"5\"")]
    [InlineData("$map([1, 'b'], $string)", "[\"1\",\"b\"]")]
    [InlineData("$string(1/0)", "D3001")]
    [InlineData("$string([1/0])", "D1001")]
    [InlineData("$string([$parseInteger('x', '0')])", "\"[null]\"")]
    [InlineData("$string(1, 2)", "T0410")]
    public void Values_are_cast_to_strings(string expression, string answer) => Assert.Equal(answer, Ask(expression));

    [Theory]
    [InlineData("$length('a😀é')", "3")]
    [InlineData("$length('\\uD800')", "1")]
    [InlineData("$length(nothing)", "undefined")]
    [InlineData("$length(5)", "T0410")]
    [InlineData("$substring('a😀bc', 1, 2)", "\"😀b\"")]
    [InlineData("$substring('a😀bc', -2)", "\"bc\"")]
    [InlineData("$substring('abc', -9, 2)", "\"ab\"")]
    [InlineData("$substring('abc', 1.9, 1)", "\"b\"")]
    [InlineData("$substring('abc', 0, 0)", "\"\"")]
    [InlineData("$substring('abc', 7)", "\"\"")]
    [InlineData("$substring('abc', 1e300)", "\"\"")]
    [InlineData("$substring('abc', -1e300, 1e301)", "\"abc\"")]
    [InlineData("$substringBefore('a-b-c', '-')", "\"a\"")]
    [InlineData("$substringAfter('a-b-c', '-')", "\"b-c\"")]
    [InlineData("$substringBefore('abc', '')", "\"\"")]
    [InlineData("$substringAfter('abc', '')", "\"abc\"")]
    [InlineData("$substringAfter('abc', 'x')", "\"abc\"")]
    public void Strings_are_rows_of_characters(string expression, string answer) => Assert.Equal(answer, Ask(expression));

    [Theory]
    [InlineData("$uppercase('straße')", "\"STRASSE\"")]
    [InlineData("$lowercase('ΑΣ')", "\"ας\"")]
    [InlineData("$trim('  a \\n\\t b  ')", "\"a b\"")]
    [InlineData("$trim('a b')", "\"a b\"")]
    [InlineData("$trim(' \\t\\n')", "\"\"")]
    [InlineData("$trim('\\u00A0a')", "\"\u00A0a\"")]
    [InlineData("$pad('a', 3, '-+')", "\"a-+\"")]
    [InlineData("$pad('a', -4, '😀b')", "\"😀b😀a\"")]
    [InlineData("$pad('a', 3, '')", "\"a  \"")]
    [InlineData("$pad('abc', 2)", "\"abc\"")]
    [InlineData("$join(['a', 'b', 'c'], ', ')", "\"a, b, c\"")]
    [InlineData("$join('a')", "\"a\"")]
    [InlineData("$join([])", "\"\"")]
    [InlineData("$join(['a', 1])", "T0412")]
    [InlineData("$join(nothing)", "undefined")]
    public void Strings_are_made_of_strings(string expression, string answer) => Assert.Equal(answer, Ask(expression));

    [Theory]
    [InlineData("$pad('a', 1e300)")]
    [InlineData("$pad('a', -7000000, '😀')")]
    [InlineData("$length($join($map([1..900000], function($i) { 'ab' })))")]
    [InlineData("($f := function($s, $n) { $n = 0 ? $s : $f($join([$s, $s]), $n - 1) }; $f('abcdefgh', 25))")]
    public void A_string_that_is_too_long_is_refused_before_it_is_built(string expression) =>
        Assert.Equal(JsonataLimits.MemorySentence, Ask(expression));

    private static string Ask(string expression) => Answers.To(expression);
}
