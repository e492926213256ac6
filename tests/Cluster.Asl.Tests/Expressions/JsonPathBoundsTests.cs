using System.Diagnostics;
using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions;

public sealed class JsonPathBoundsTests
{
    // Alone none takes a second. Without their bounds these take minutes, so a busy machine does not decide.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("$[?(", "")]
    [InlineData("$", "[?(@")]
    [InlineData("$[?(@ in ", "[")]
    [InlineData("$[?(", "!")]
    [InlineData("$[?(", "(")]
    [InlineData("$", ".")]
    [InlineData("$", ".a")]
    [InlineData("$", "[0]")]
    [InlineData("$.a", "(")]
    [InlineData("$['", "\\")]
    public void A_path_nested_200_000_deep_is_refused_at_once(string start, string repeated)
    {
        var text = start + string.Concat(Enumerable.Repeat(repeated, 200_000));
        var began = Stopwatch.GetTimestamp();
        Assert.False(JsonPath.TryParse(text, out _));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Soon);
    }

    [Theory]
    [InlineData("$..*")]
    [InlineData("$..a")]
    [InlineData("$..[?(@.a)]")]
    [InlineData("$..*..*..*")]
    [InlineData("$..a..a..a..a")]
    [InlineData("$..[?($..a == @..a)]")]
    public void A_path_through_a_deep_document_ends_soon(string path) => EndsSoon(path, Documents.Nested(1000));

    [Theory]
    [InlineData("$..*")]
    [InlineData("$[?(@ in $)]")]
    [InlineData("$[?(@ nin $)]")]
    [InlineData("$[?($ == $)]")]
    [InlineData("$[?($[*] == $[*])]")]
    public void A_path_through_a_wide_document_ends_soon(string path) =>
        EndsSoon(path, JsonValue.Parse("[" + string.Join(',', Enumerable.Range(0, 40_000)) + "]"));

    [Theory]
    [InlineData("$.items[?($.text =~ /(a+)+b/)]")]
    [InlineData("$.items[?($.text =~ /(a?){900}a{900}b/)]")]
    [InlineData("$.items[?($.text =~ /((a?){30}){30}b/)]")]
    [InlineData("$.items[?($.text =~ /.*a.{300}b/)]")]
    [InlineData("$.items[?($.text =~ /(.*a){40}b/)]")]
    public void An_evil_pattern_ends_soon(string path) =>
        EndsSoon(path, JsonValue.Parse($$"""{"text":"{{new string('a', 20_000)}}","items":[{{string.Join(',', Enumerable.Range(0, 5000))}}]}"""));

    [Theory]
    [InlineData("@.a && ", "@.a")]
    [InlineData("@.b || ", "@.a")]
    [InlineData("@.a == 1 && @.b != 2 || ", "@.a")]
    [InlineData("@.a =~ /[a-z]+/ && ", "@.a")]
    public void A_filter_of_50_000_conditions_ends_soon(string repeated, string last) =>
        EndsSoon($"$[?({string.Concat(Enumerable.Repeat(repeated, 50_000))}{last})]", JsonValue.Parse("[{\"a\":\"x\"},{\"a\":1}]"));

    [Fact]
    public void A_path_of_50_000_names_ends_soon()
    {
        var names = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"'k{i}'"));
        var whole = JsonValue.Parse("{" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"k{i}\":{i}")) + "}");
        EndsSoon($"$[{names}]", whole);
        EndsSoon($"$[*][{names}].x", new JsonArray([.. Enumerable.Repeat(whole, 50_000)]));
        EndsSoon($"$[?(@[{names}])]", new JsonArray([.. Enumerable.Repeat<JsonValue>(JsonObject.Empty, 50_000)]));
        EndsSoon($"$..[{names}]", new JsonArray([.. Enumerable.Repeat(whole, 50_000)]));
    }

    [Fact]
    public void Patterns_are_compiled_when_they_are_used_and_only_so_many()
    {
        var began = Stopwatch.GetTimestamp();
        var paths = Enumerable.Range(0, 20_000).Select(i => JsonPath.TryParse($"$[?(@ =~ /[a-z]+{i}/)]", out var path) ? path : null).ToArray();
        Assert.DoesNotContain(null, paths);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Soon);

        var scope = Documents.Scope("[\"ab7\"]");
        var few = string.Join(" || ", Enumerable.Range(0, 20).Select(i => $"@ =~ /[a-z]+{i}/"));
        Assert.True(JsonPath.TryParse($"$[?({few})]", out var taken));
        Assert.True(taken.TryRead(scope, out var value, out _));
        Assert.Equal("[\"ab7\"]", value.ToString());
        var many = string.Join(" || ", Enumerable.Range(100, 100).Select(i => $"@ =~ /[a-z]+{i}/"));
        Assert.True(JsonPath.TryParse($"$[?({many})]", out var refused));
        Assert.False(refused.TryRead(scope, out _, out var reason));
        Assert.EndsWith("looks at more than 1000000 values", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", 36)]
    [InlineData("((a?){90}){90}", 16200)]
    [InlineData("a{2,5}b{3,}", 8)]
    [InlineData("[a{9}]\\{9}{2}", 5)]
    [InlineData("a{b}{", 5)]
    [InlineData("a{999999}{999999}{999999}", 1_000_000)]
    [InlineData("", 0)]
    public void The_weight_of_a_pattern_counts_its_repetitions(string pattern, int weight) =>
        Assert.Equal(weight, PatternWeight.Of(pattern));

    [Fact]
    public void A_path_that_looks_at_too_much_says_so()
    {
        Assert.True(JsonPath.TryParse("$..*..*..*", out var path));
        var scope = new EvaluationScope(Documents.Nested(1000), Documents.Context);
        Assert.False(path.TryRead(scope, out _, out var reason));
        Assert.Equal("The path $..*..*..* looks at more than 1000000 values", reason);
    }

    private static void EndsSoon(string text, JsonValue document)
    {
        Assert.True(JsonPath.TryParse(text, out var path));
        var began = Stopwatch.GetTimestamp();
        path.TryRead(new EvaluationScope(document, Documents.Context), out _, out _);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Soon);
    }
}
