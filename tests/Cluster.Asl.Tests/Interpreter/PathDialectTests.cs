using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

/// <summary>What paths of a running state may ask, and the functions that they may name but not call (A38).</summary>
public sealed class PathDialectTests
{
    private const string Input = """
        {"l":[{"x":1,"y":"ab"},{"x":2,"y":"cd"},{"x":3,"y":"abc","z":[1,2]}],"n":[3,1,2],"a b":{"c.d":5},"e":[]}
        """;

    [Theory]
    [InlineData("$.l[?(@.x > 1 && @.y == 'cd')].x", "[2]")]
    [InlineData("$.l[?(@.x < 2 || @.x >= 3)].x", "[1,3]")]
    [InlineData("$.l[?(!(@.x == 1))].x", "[2,3]")]
    [InlineData("$.l[?(@.y =~ /ab.*/)].x", "[1,3]")]
    [InlineData("$.l[?(@.y =~ /AB/i)].x", "[1]")]
    [InlineData("$.l[?(@.x in [1,3])].x", "[1,3]")]
    [InlineData("$.l[?(@.x nin [1,3])].x", "[2]")]
    [InlineData("$.l[?(@.z size 2)].x", "[3]")]
    [InlineData("$.l[?(@.z empty false)].x", "[3]")]
    [InlineData("$.l[?(@.z)].x", "[3]")]
    [InlineData("$..x", "[1,2,3]")]
    [InlineData("$.n[(@.length-1)]", "2")]
    [InlineData("$.n[0,2]", "[3,2]")]
    [InlineData("$.n[1:]", "[1,2]")]
    [InlineData("$['a b']['c.d']", "5")]
    [InlineData("$.['a b'].['c.d']", "5")]
    [InlineData("$.l[0]['x','y']", """{"x":1,"y":"ab"}""")]
    public void A38_A_template_asks_in_the_dialect_of_Jayway(string path, string value) => Assert.Equal(
        $$"""{"v":{{value}}}""", Given.State($"\"Type\":\"Pass\",\"Parameters\":{{\"v.$\":\"{path}\"}}").Started(Input).Output());

    [Theory]
    [InlineData("length")]
    [InlineData("sum")]
    [InlineData("min")]
    [InlineData("max")]
    [InlineData("avg")]
    [InlineData("size")]
    [InlineData("first")]
    public void A38_Functions_are_taken_and_fail_when_they_are_asked(string function)
    {
        var path = $"$.n.{function}()";
        Assert.StartsWith(
            $"The JSONPath '{path}' specified for the field 'v.$' could not be found in the input '",
            Given.State($"\"Type\":\"Pass\",\"Parameters\":{{\"v.$\":\"{path}\"}}").Started(Input).RuntimeCause());
    }

    [Theory]
    [InlineData("$.a[?(@.x == 1)]")]
    [InlineData("$.a[*]")]
    [InlineData("$.a[0:2]")]
    [InlineData("$..a")]
    [InlineData("$['a','b']")]
    public void A38_A_reference_path_names_one_place(string path) => Assert.Equal(
        "SCHEMA_VALIDATION_FAILED: Value is not a Reference Path at /States/A/ResultPath",
        Parsing.Definition.Diagnostics($"{{\"StartAt\":\"A\",\"States\":{{\"A\":{{\"Type\":\"Pass\",\"End\":true,\"ResultPath\":\"{path}\"}}}}}}"));
}
