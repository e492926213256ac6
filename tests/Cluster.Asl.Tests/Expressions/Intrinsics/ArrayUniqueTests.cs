using System.Collections.Immutable;
using Cluster.Asl.Expressions.Intrinsics;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Intrinsics;

public sealed class ArrayUniqueTests
{
    private const int MostBytes = 200_000;

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1,2,3,3,1]", "[1,2,3]")]
    [InlineData("[\"a\",\"A\",\"a\",\"1\",1]", "[\"a\",\"A\",\"1\",1]")]
    [InlineData("[null,null,false,0,\"\",[],{},[],{}]", "[null,false,0,\"\",[],{}]")]
    [InlineData("[{\"a\":1,\"b\":[2]},{\"b\":[2],\"a\":1},{\"a\":1}]", "[{\"a\":1,\"b\":[2]},{\"a\":1}]")]
    [InlineData("[1,1.0,1e0,1.00,10,1e1]", "[1,1.0,10,1e1]")]
    public void A102_The_first_of_equal_elements_stays(string array, string expected) => Assert.Equal(expected, Call.Value("States.ArrayUnique($)", array));

    [Theory]
    [InlineData("{}", "Argument 1 of States.ArrayUnique must be an array")]
    [InlineData("\"aa\"", "Argument 1 of States.ArrayUnique must be an array")]
    public void A102_Only_an_array_has_elements(string value, string expected) => Assert.Equal(expected, Call.Failure("States.ArrayUnique($)", value));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20_000)]
    public void A102_A_large_array_is_looked_through_a_few_times_and_not_for_each_element(int different)
    {
        var items = Enumerable.Range(0, MostBytes / 10).Select(i => Item(i % different)).ToImmutableArray();
        var array = new JsonArray(items);
        Assert.InRange(JsonWriter.Utf8Length(array), MostBytes, 2 * MostBytes);

        var equality = new ExactEquality(long.MaxValue);
        Assert.Equal(different, items.Distinct(equality).Count());
        Assert.InRange(equality.Work, items.Length, 5L * items.Length);
        Assert.Equal(different, ((JsonArray)Call.Of("States.ArrayUnique($)", array)).Count);
    }

    [Fact]
    public void A102_Elements_that_are_made_to_meet_cost_no_more_than_an_evaluation_may()
    {
        // The hash of an object adds up its properties, so objects that only swap their values meet.
        var items = Enumerable.Range(0, 10_000).Select(i => JsonValue.Parse($$"""{"a":[{{i}}],"b":[{{20_000 - i}}]}""")).ToImmutableArray();
        var text = Call.Failure("States.ArrayUnique($)", new JsonArray(items), "States.IntrinsicFailure");
        Assert.Equal("The evaluation looks at or writes more than 16777216 values and characters", text);
    }

    private static JsonValue Item(int number) => new JsonObject([KeyValuePair.Create("n", (JsonValue)JsonNumber.Of(10_000 + number))]);
}
