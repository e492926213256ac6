using Xunit;

namespace Cluster.Asl.Tests.Choices;

/// <summary>The families of comparisons, each operator with a constant and with a path (A60 to A63).</summary>
public sealed class ComparisonRowTests
{
    [Theory]
    [InlineData("\"a\"", "\"b\"", "strings")]
    [InlineData("\"\"", "\"a\"", "the empty string is the least")]
    [InlineData("\"B\"", "\"a\"", "upper case is less than lower case")]
    [InlineData("\"Z\"", "\"z\"", "case counts")]
    [InlineData("\"10\"", "\"9\"", "digits are characters")]
    [InlineData("\"a\"", "\"ab\"", "a prefix is less")]
    [InlineData("\"e\\u0301\"", "\"\\u00e9\"", "nothing is composed")]
    [InlineData("\"\\ud83d\\ude00\"", "\"\\uffe0\"", "UTF-16 units are compared, not characters")]
    public void A60_Strings_are_compared_by_their_UTF16_units(string less, string greater, string why) => Order("String", less, greater, why);

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"a\":\"a\"}")]
    public void A60_What_is_no_string_matches_no_operator_of_strings(string other)
    {
        NoMatch("String", "\"a\"", other);
        Assert.False(Operator.Holds("StringMatches", "\"*\"", other));
    }

    [Theory]
    [InlineData("*.log", "x.log", true)]
    [InlineData("*.log", ".log", true)]
    [InlineData("*.log", "x.log2", false)]
    [InlineData("foo*.log", "foobar.log", true)]
    [InlineData("foo*.*", "foo23.txt", true)]
    [InlineData("*", "", true)]
    [InlineData("a?c", "abc", false)]
    [InlineData("a.c", "abc", false)]
    [InlineData("A*", "abc", false)]
    [InlineData("a\\\\*", "a*", true)]
    [InlineData("a\\\\*", "ab", false)]
    [InlineData("a\\\\\\\\*", "a\\\\b", true)]
    [InlineData("a\\\\\\\\*", "a*", false)]
    public void A60_StringMatches_knows_a_star_and_its_escape_and_nothing_else(string pattern, string text, bool holds) =>
        Assert.Equal(holds, Operator.Holds("StringMatches", $"\"{pattern}\"", $"\"{text}\""));

    [Fact]
    public void A60_StringMatches_has_no_form_with_a_path() => Assert.Contains(
        "Field 'StringMatchesPath' is not supported at /States/S/Choices[0]",
        Condition.Machine("\"Variable\":\"$\",\"StringMatchesPath\":\"$\"").InvalidDefinitionMessage, StringComparison.Ordinal);

    [Theory]
    [InlineData("1", "2", "integers")]
    [InlineData("-2", "-1.5", "negative numbers")]
    [InlineData("2", "10", "by value, not by digits")]
    [InlineData("9007199254740992", "9007199254740993", "beyond the integers that a double tells apart")]
    [InlineData("0.1", "0.1000000000000000055511151231257827", "beyond the fractions that a double tells apart")]
    [InlineData("1e400", "2e400", "beyond the range of a double")]
    public void A61_Numbers_are_compared_by_their_value(string less, string greater, string why) => Order("Numeric", less, greater, why);

    [Theory]
    [InlineData("1", "1.0")]
    [InlineData("100", "1e2")]
    [InlineData("0", "-0.0")]
    [InlineData("12345678901234567890", "12345678901234567890.00")]
    public void A61_An_integer_equals_a_fraction_of_the_same_value(string one, string other)
    {
        foreach (var name in (string[])["NumericEquals", "NumericLessThanEquals", "NumericGreaterThanEquals"])
            Operator.Expect(name, one, other, holds: true);
        foreach (var name in (string[])["NumericLessThan", "NumericGreaterThan"])
            Operator.Expect(name, one, other, holds: false);
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void A61_What_is_no_number_matches_no_operator_of_numbers(string other) => NoMatch("Numeric", "1", other);

    [Theory]
    [InlineData("true", "true", true)]
    [InlineData("false", "false", true)]
    [InlineData("true", "false", false)]
    [InlineData("false", "true", false)]
    public void A62_Booleans_are_equal_or_not(string variable, string operand, bool holds) =>
        Operator.Expect("BooleanEquals", variable, operand, holds);

    [Theory]
    [InlineData("\"true\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("[true]")]
    public void A62_What_is_no_boolean_equals_none(string other)
    {
        foreach (var operand in (string[])["true", "false"])
        {
            Operator.Expect("BooleanEquals", other, operand, holds: false);
            Assert.False(Operator.Holds("BooleanEqualsPath", "\"$.o\"", operand, other));
        }
    }

    [Theory]
    [InlineData("\"2016-03-14T01:59:00Z\"", "\"2016-03-14T01:59:01Z\"", "seconds")]
    [InlineData("\"2016-03-14T01:59:00Z\"", "\"2016-03-14T01:59:00.001Z\"", "fractions")]
    [InlineData("\"2016-03-14T02:00:00+01:00\"", "\"2016-03-14T01:59:00Z\"", "instants, not clock faces")]
    [InlineData("\"2016-03-14T01:59:00Z\"", "\"2016-03-14T01:59:00-00:01\"", "zones behind")]
    public void A63_Timestamps_are_compared_as_instants(string less, string greater, string why) => Order("Timestamp", less, greater, why);

    [Theory]
    [InlineData("\"2016-12-31T23:59:59-01:00\"", "\"2017-01-01T00:59:59Z\"")]
    [InlineData("\"2016-03-14T01:59:00.5Z\"", "\"2016-03-14T01:59:00.500+00:00\"")]
    public void A63_The_same_instant_is_equal_however_it_is_written(string one, string other)
    {
        foreach (var name in (string[])["TimestampEquals", "TimestampLessThanEquals", "TimestampGreaterThanEquals"])
            Operator.Expect(name, one, other, holds: true);
        foreach (var name in (string[])["TimestampLessThan", "TimestampGreaterThan"])
            Operator.Expect(name, one, other, holds: false);
    }

    [Theory]
    [InlineData("\"2016-03-14\"")]
    [InlineData("\"2016-03-14T01:59:00\"")]
    [InlineData("\"2016-03-14 01:59:00Z\"")]
    [InlineData("\"yesterday\"")]
    [InlineData("1457920740")]
    [InlineData("null")]
    public void A63_What_is_no_timestamp_matches_no_operator_of_timestamps_and_is_no_error(string other) =>
        NoMatch("Timestamp", "\"2016-03-14T01:59:00Z\"", other);

    private static void Order(string family, string less, string greater, string why)
    {
        foreach (var (relation, below, equal, above) in ((string, bool, bool, bool)[])[
            ("Equals", false, true, false), ("LessThan", true, false, false), ("GreaterThan", false, false, true),
            ("LessThanEquals", true, true, false), ("GreaterThanEquals", false, true, true)])
        {
            Assert.True(Operator.Holds(family + relation, greater, less) == below, $"{relation}: {why}");
            Operator.Expect(family + relation, less, greater, below);
            Operator.Expect(family + relation, less, less, equal);
            Operator.Expect(family + relation, greater, less, above);
        }
    }

    private static void NoMatch(string family, string operand, string other)
    {
        foreach (var relation in (string[])["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"])
        {
            Operator.Expect(family + relation, other, operand, holds: false);
            Assert.False(Operator.Holds(family + relation + "Path", "\"$.o\"", operand, other));
        }
    }
}
