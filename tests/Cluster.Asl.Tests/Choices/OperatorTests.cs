using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Choices;

public sealed class OperatorTests
{
    /// <summary>A smaller and a greater operand of each family with an order, and one of another type.</summary>
    public static TheoryData<string, string, string, string> Families => new()
    {
        { "String", "\"A\"", "\"a\"", "1" },
        { "String", "\"AB\"", "\"ABC\"", "null" },
        { "String", "\"\\uFB33\"", "\"\\uFB34\"", "[\"a\"]" },
        { "Numeric", "-2", "1.5", "\"1\"" },
        { "Numeric", "9007199254740992", "9007199254740993", "true" },
        { "Numeric", "1.00000000000000000000000000000000001", "1.00000000000000000000000000000000002", "null" },
        { "Numeric", "1e400", "2e400", "{}" },
        { "Timestamp", "\"2016-03-14T01:59:00Z\"", "\"2016-03-14T01:59:00.0000000001Z\"", "\"2016-03-14\"" },
        { "Timestamp", "\"2016-03-14T02:59:00+02:00\"", "\"2016-03-14T01:59:00Z\"", "1457920740" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void An_ordered_family_compares_by_value_and_other_types_do_not_match(string family, string low, string high, string other)
    {
        foreach (var (relation, less, equal, greater) in new[]
        {
            ("Equals", false, true, false),
            ("LessThan", true, false, false),
            ("GreaterThan", false, false, true),
            ("LessThanEquals", true, true, false),
            ("GreaterThanEquals", false, true, true),
        })
        {
            Expect(family + relation, low, high, less);
            Expect(family + relation, low, low, equal);
            Expect(family + relation, high, high, equal);
            Expect(family + relation, high, low, greater);
            Expect(family + relation, other, low, holds: false);
            Expect(family + relation + "Path", low, other, holds: false, constantForm: false);
        }
    }

    [Theory]
    [InlineData("BooleanEquals", "true", "true", true)]
    [InlineData("BooleanEquals", "false", "false", true)]
    [InlineData("BooleanEquals", "true", "false", false)]
    [InlineData("BooleanEquals", "\"true\"", "true", false)]
    [InlineData("BooleanEquals", "null", "false", false)]
    [InlineData("NumericEquals", "1", "1.0", true)]
    [InlineData("NumericEquals", "100", "1e2", true)]
    [InlineData("NumericEquals", "-0", "0.0", true)]
    [InlineData("NumericEquals", "0.1", "0.1000000000000000055511151231257827", false)]
    [InlineData("TimestampEquals", "\"2016-03-14T01:59:00.5Z\"", "\"2016-03-14T01:59:00.500+00:00\"", true)]
    [InlineData("TimestampEquals", "\"2016-12-31T23:59:59-01:00\"", "\"2017-01-01T00:59:59Z\"", true)]
    [InlineData("TimestampEquals", "\"2016-03-14t01:59:00Z\"", "\"2016-03-14T01:59:00Z\"", false)]
    public void Values_of_one_kind_are_equal_by_what_they_mean(string name, string variable, string operand, bool holds) =>
        Expect(name, variable, operand, holds);

    [Theory]
    [InlineData("null", "IsNull")]
    [InlineData("0", "IsNumeric")]
    [InlineData("-1.5e3", "IsNumeric")]
    [InlineData("\"\"", "IsString")]
    [InlineData("\"0\"", "IsString")]
    [InlineData("false", "IsBoolean")]
    [InlineData("\"2016-03-14T01:59:00Z\"", "IsString IsTimestamp")]
    [InlineData("\"2016-03-14T01:59:00.123456789012+14:00\"", "IsString IsTimestamp")]
    [InlineData("\"2016-03-14T01:59:00\"", "IsString")]
    [InlineData("[]", "")]
    [InlineData("{}", "")]
    public void A_type_test_tells_the_type(string variable, string types)
    {
        var input = JsonValue.Parse($$"""{"v": {{variable}} }""");
        foreach (var test in (string[])["IsNull", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"])
        {
            var isType = types.Split(' ').Contains(test, StringComparer.Ordinal);
            Assert.Equal(isType, Condition.Judge(Condition.Read($"\"Variable\": \"$.v\", \"{test}\": true"), input));
            Assert.Equal(!isType, Condition.Judge(Condition.Read($"\"Variable\": \"$.v\", \"{test}\": false"), input));
        }
    }

    [Theory]
    [InlineData("""{"v": null}""", true)]
    [InlineData("""{"v": 0}""", true)]
    [InlineData("""{"w": 0}""", false)]
    [InlineData("""[]""", false)]
    public void IsPresent_asks_only_whether_the_path_names_something(string input, bool present)
    {
        Assert.Equal(present, Condition.Judge(Condition.Read("\"Variable\": \"$.v\", \"IsPresent\": true"), JsonValue.Parse(input)));
        Assert.Equal(!present, Condition.Judge(Condition.Read("\"Variable\": \"$.v\", \"IsPresent\": false"), JsonValue.Parse(input)));
    }

    [Theory]
    [InlineData("\"Variable\": \"$.foo\", \"StringEquals\": \"a\"", "$.foo")]
    [InlineData("\"Variable\": \"$.foo\", \"IsNull\": true", "$.foo")]
    [InlineData("\"Variable\": \"$.v\", \"NumericEqualsPath\": \"$.bar.baz\"", "$.bar.baz")]
    [InlineData("\"Not\": {\"Variable\": \"$.foo\", \"IsString\": true}", "$.foo")]
    [InlineData("\"Or\": [{\"Variable\": \"$.v\", \"IsString\": true}, {\"Variable\": \"$.foo\", \"IsString\": true}]", "$.foo")]
    public void A_path_that_names_nothing_fails_the_execution(string fields, string path)
    {
        var judged = Condition.TryJudge(Condition.Read(fields), JsonValue.Parse("""{"v": 1}"""), out var holds, out var failure);

        Assert.False(judged);
        Assert.False(holds);
        Assert.Equal("States.Runtime", failure?.Error);
        Assert.Equal($"Invalid path '{path}': The choice state's condition path references an invalid value.", failure?.Detail);
    }

    [Theory]
    [InlineData("\"And\": [T, T]", true)]
    [InlineData("\"And\": [T, F]", false)]
    [InlineData("\"And\": [F, X]", false)]
    [InlineData("\"Or\": [F, F]", false)]
    [InlineData("\"Or\": [T, X]", true)]
    [InlineData("\"Or\": [F, {\"And\": [T, {\"Not\": F}]}]", true)]
    [InlineData("\"Not\": {\"Not\": T}", true)]
    [InlineData("\"Not\": {\"Or\": [F, T]}", false)]
    public void Conditions_combine_and_are_judged_no_further_than_needed(string fields, bool holds)
    {
        var text = fields
            .Replace("T,", "{\"Variable\": \"$.v\", \"IsNumeric\": true},", StringComparison.Ordinal)
            .Replace("T}", "{\"Variable\": \"$.v\", \"IsNumeric\": true}}", StringComparison.Ordinal)
            .Replace("T]", "{\"Variable\": \"$.v\", \"IsNumeric\": true}]", StringComparison.Ordinal)
            .Replace("F,", "{\"Variable\": \"$.v\", \"IsString\": true},", StringComparison.Ordinal)
            .Replace("F}", "{\"Variable\": \"$.v\", \"IsString\": true}}", StringComparison.Ordinal)
            .Replace("F]", "{\"Variable\": \"$.v\", \"IsString\": true}]", StringComparison.Ordinal)
            .Replace("X]", "{\"Variable\": \"$.absent\", \"IsString\": true}]", StringComparison.Ordinal);

        Assert.Equal(holds, Condition.Judge(Condition.Read(text), JsonValue.Parse("""{"v": 1}""")));
    }

    [Fact]
    public void A_condition_reads_the_context_object()
    {
        Assert.True(Condition.Judge(Condition.Read("\"Variable\": \"$$.State.Name\", \"StringEquals\": \"S\""), JsonValue.Null));
    }

    private static void Expect(string name, string variable, string operand, bool holds, bool constantForm = true)
    {
        var input = JsonValue.Parse($$"""{"v": {{variable}}, "o": {{operand}} }""");
        if (constantForm)
            Assert.Equal(holds, Condition.Judge(Condition.Read($"\"Variable\": \"$.v\", \"{name}\": {operand}"), input));
        var path = name.EndsWith("Path", StringComparison.Ordinal) ? name : name + "Path";
        Assert.Equal(holds, Condition.Judge(Condition.Read($"\"Variable\": \"$.v\", \"{path}\": \"$.o\""), input));
    }
}
