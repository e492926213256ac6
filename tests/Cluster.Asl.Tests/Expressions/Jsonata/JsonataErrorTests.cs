using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata;

/// <summary>Errors in the words of the reference, with the place at which they are found.</summary>
public sealed class JsonataErrorTests
{
    [Theory]
    [InlineData("1 +", "S0207 at 3: Unexpected end of expression")]
    [InlineData("(1", "S0203 at 2: Expected \")\" before end of expression")]
    [InlineData("[1, 2", "S0203 at 5: Expected \"]\" before end of expression")]
    [InlineData("{\"a\"}", "S0202 at 5: Expected \":\", got \"}\"")]
    [InlineData("{\"a\": 1", "S0203 at 7: Expected \"}\" before end of expression")]
    [InlineData("a b", "S0201 at 3: Syntax error: \"b\"")]
    [InlineData("\"abc", "S0101 at 4: String literal must be terminated by a matching quote")]
    [InlineData("\"\\q\"", "S0103 at 2: Unsupported escape sequence: \\\"q\"")]
    [InlineData("\"\\u12\"", "S0104 at 2: The escape sequence \\u must be followed by 4 hex digits")]
    [InlineData("`abc", "S0105 at 4: Quoted property name must be terminated with a backquote (`)")]
    [InlineData("/* abc", "S0106 at 0: Comment has no closing tag")]
    [InlineData("1e999", "S0102 at 0: Number out of range: \"1e999\"")]
    [InlineData("//", "S0301 at 1: Empty regular expressions are not allowed")]
    [InlineData("/a", "S0302 at 2: No terminating / in regular expression")]
    [InlineData("a.1", "S0213 at 3: The literal value 1 cannot be used as a step within a path expression")]
    [InlineData("5.a", "S0213 at 1: The literal value 5 cannot be used as a step within a path expression")]
    [InlineData("x := 1", "S0212 at 1: The left side of := must be a variable name (start with $)")]
    [InlineData("function(a) { 1 }", "S0208 at 10: Parameter 1 of function definition must be a variable name (start with $)")]
    [InlineData("function($a)<n<n>> { 1 }", "S0401 at 15: Type parameters can only be applied to functions and arrays")]
    [InlineData("function($a)<(sa<n>)> { 1 }", "S0402 at 14: Choice groups containing parameterized types are not supported")]
    [InlineData("a@b", "S0214 at 3: The right side of \"@\" must be a variable name (start with $)")]
    [InlineData("a#b", "S0214 at 3: The right side of \"#\" must be a variable name (start with $)")]
    [InlineData("a[0]@$b", "S0215 at 5: A context variable binding must precede any predicates on a step")]
    [InlineData("a^(b)@$c", "S0216 at 6: A context variable binding must precede the 'order-by' clause on a step")]
    [InlineData("a{\"x\": 1}{\"y\": 2}", "S0210 at 10: Each step can only have one grouping expression")]
    [InlineData("$x{\"a\": 1}[0]", "S0209 at 11: A predicate cannot follow a grouping expression in a step")]
    [InlineData("%", "S0217 at 1: The object representing the 'parent' cannot be derived from this expression")]
    [InlineData("a.%.%", "S0217 at 1: The object representing the 'parent' cannot be derived from this expression")]
    [InlineData("!a", "S0204 at 1: Unknown operator: \"!\"")]
    [InlineData("@a", "S0211 at 1: The symbol \"@\" cannot be used as a unary operator")]
    [InlineData("[1, 2)", "S0202 at 6: Expected \"]\", got \")\"")]
    [InlineData("a.b[", "S0203 at 4: Expected \"]\" before end of expression")]
    public void What_is_no_expression_is_told_with_the_place(string expression, string answer) => Assert.Equal(answer, Answer.Refusal(expression));

    [Theory]
    [InlineData("1 + \"a\"", "T2002 at 3: The right side of the \"+\" operator must evaluate to a number")]
    [InlineData("\"a\" + 1", "T2001 at 5: The left side of the \"+\" operator must evaluate to a number")]
    [InlineData("1 - null", "T2002 at 3: The right side of the \"-\" operator must evaluate to a number")]
    [InlineData("1 < \"a\"", "T2009 at 3: The values 1 and \"a\" either side of operator \"<\" must be of the same data type")]
    [InlineData("true < false", "T2010 at 6: The expressions either side of operator \"<\" must evaluate to numeric or string values")]
    [InlineData("-\"a\"", "D1002 at 1: Cannot negate a non-numeric value: \"a\"")]
    [InlineData("[1.5..2]", "T2003 at 6: The left side of the range operator (..) must evaluate to an integer")]
    [InlineData("[1..\"b\"]", "T2004 at 4: The right side of the range operator (..) must evaluate to an integer")]
    [InlineData(
        "[1..10000001]",
        "D2014 at 4: The size of the sequence allocated by the range operator (..) must not exceed 1e7.  Attempted to allocate 10000001.")]
    [InlineData("$nothing()", "T1006 at 9: Attempted to invoke a non-function")]
    [InlineData("sum([1])", "T1005 at 4: Attempted to invoke a non-function. Did you mean $sum?")]
    [InlineData("sum(?)", "T1007 at 4: Attempted to partially apply a non-function. Did you mean $sum?")]
    [InlineData("$nothing(?)", "T1008 at 9: Attempted to partially apply a non-function")]
    [InlineData("1 ~> 2", "T2006 at 4: The right side of the function application operator ~> must be a function")]
    [InlineData("$sum(\"a\")", "T0412 at 5: Argument 1 of function \"sum\" must be an array of \"numbers\"")]
    [InlineData("$sum([\"a\"])", "T0412 at 5: Argument 1 of function \"sum\" must be an array of \"numbers\"")]
    [InlineData("$map(1)", "T0410 at 5: Argument 2 of function \"map\" does not match function signature")]
    [InlineData("$uppercase(1)", "T0410 at 11: Argument 1 of function \"uppercase\" does not match function signature")]
    [InlineData("{1: 2}", "T1003 at 1: Key in object structure must evaluate to a string; got: 1")]
    [InlineData("{\"a\": 1, \"a\": 2}", "D1009 at 1: Multiple key definitions evaluate to same key: \"a\"")]
    [InlineData("[1, \"a\"]^($)", "T2007 at 9: Type mismatch when comparing values 1 and \"a\" in order-by clause")]
    [InlineData(
        "[true, false]^($)",
        "T2008 at 14: The expressions within an order-by clause must evaluate to numeric or string values")]
    [InlineData("$error(\"mine\")", "D3137 at 7: mine")]
    [InlineData("$error()", "D3137 at 7: $error() function evaluated")]
    [InlineData("$assert(false, \"no\")", "D3141 at 8: no")]
    [InlineData("$assert(false)", "D3141 at 8: $assert() statement failed")]
    [InlineData("$single([1, 2])", "D3138 at 8: The $single() function expected exactly 1 matching result.  Instead it matched more.")]
    [InlineData(
        "$single([], function($x) { true })",
        "D3139 at 8: The $single() function expected exactly 1 matching result.  Instead it matched 0.")]
    [InlineData(
        "$reduce([1], function($x) { $x })",
        "D3050 at 8: The second argument of reduce function must be a function with at least two arguments")]
    [InlineData(
        "$sort([{\"a\": 1}, 2])",
        "D3070 at 6: The single argument form of the sort function can only be applied to an array of strings or an array of numbers.  Use the second argument to specify a comparison function")]
    [InlineData("1 / 0 + 1", "D1001 at 7: Number out of range: null")]
    [InlineData(
        "{\"a\": {}} ~> |a|1|",
        "T2011 at 17: The insert/update clause of the transform expression must evaluate to an object: 1")]
    [InlineData(
        "{\"a\": {}} ~> |a|{}, 1|",
        "T2012 at 21: The delete clause of the transform expression must evaluate to a string or array of strings: 1")]
    [InlineData("function($n)<n:n> { $n }(\"a\")", "T0410 at 25: Argument 1 of function undefined does not match function signature")]
    [InlineData(
        "[1..2].function($n)<s-:s> { $n }()",
        "T0411 at 33: Context value is not a compatible type with argument 1 of function undefined")]
    public void What_cannot_be_evaluated_is_told_with_place_and_value(string expression, string answer) => Assert.Equal(answer, Answer.Refusal(expression));
}
