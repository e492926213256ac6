using System.Text;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Json;

public sealed class JsonPositionsTests
{
    private const string Definition = "{\n  \"StartAt\": \"A\",\n  \"States\": {\n    \"A/b~\": { \"Choices\": [ 1, {\"é\":\"ü\", \"Next\" : \"B\"} ] },\n    \"B\\n\": {}\n  }\n}\n";

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("/StartAt", 2, 14)]
    [InlineData("/States", 3, 13)]
    [InlineData("/States/A~1b~0", 4, 13)]
    [InlineData("/States/A~1b~0/Choices", 4, 26)]
    [InlineData("/States/A~1b~0/Choices/0", 4, 28)]
    [InlineData("/States/A~1b~0/Choices/1", 4, 31)]
    [InlineData("/States/A~1b~0/Choices/1/Next", 4, 50)]
    [InlineData("/States/B\n", 5, 12)]
    public void A_pointer_leads_to_the_line_and_column_of_its_value(string pointer, int line, int column)
    {
        Assert.True(JsonPositions.Of(Encoding.UTF8.GetBytes(Definition)).TryFind(pointer, out var foundLine, out var foundColumn));
        Assert.Equal((line, column), (foundLine, foundColumn));
    }

    [Theory]
    [InlineData("/States/C", 3, 13)]
    [InlineData("/States/A~1b~0/Choices/2", 4, 26)]
    [InlineData("/States/A~1b~0/Choices/-1", 4, 26)]
    [InlineData("/Missing/Deep", 1, 1)]
    [InlineData("States", 1, 1)]
    public void A_pointer_to_nothing_leads_to_what_is_around_it(string pointer, int line, int column)
    {
        Assert.False(JsonPositions.Of(Encoding.UTF8.GetBytes(Definition)).TryFind(pointer, out var foundLine, out var foundColumn));
        Assert.Equal((line, column), (foundLine, foundColumn));
    }

    [Fact]
    public void Of_a_repeated_name_the_last_one_counts()
    {
        Assert.True(JsonPositions.Of("{\"a\":1,\"a\":2}"u8).TryFind("/a", out _, out var column));
        Assert.Equal(12, column);
    }

    [Fact]
    public void A_text_that_is_not_JSON_has_no_positions() =>
        Assert.Throws<FormatException>(() => JsonPositions.Of("{\"a\":"u8));
}
