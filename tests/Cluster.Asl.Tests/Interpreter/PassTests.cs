using Xunit;

namespace Cluster.Asl.Tests.Interpreter;

public sealed class PassTests
{
    [Theory]
    [InlineData("\"Result\":{\"r\":1}", """{"r":1}""")]
    [InlineData("\"Result\":null", "null")]
    [InlineData("\"Result\":[1,\"$.a\",{\"x.$\":\"$.a\"}]", """[1,"$.a",{"x.$":"$.a"}]""")]
    [InlineData("\"Parameters\":{\"p.$\":\"$.a\"}", """{"p":5}""")]
    [InlineData("\"Parameters\":[{\"p.$\":\"$.a\"},\"$.a\"]", """[{"p":5},"$.a"]""")]
    [InlineData("\"Parameters\":\"$.a\"", "\"$.a\"")]
    [InlineData("\"Parameters\":{\"p.$\":\"$.a\"},\"Result\":1", "1")]
    [InlineData("\"Parameters\":{\"p.$\":\"$.a\"},\"ResultPath\":\"$.r\"", """{"a":5,"b":{"a":6},"r":{"p":5}}""")]
    [InlineData("\"InputPath\":\"$.b\",\"Parameters\":{\"p.$\":\"$.a\"}", """{"p":6}""")]
    [InlineData("\"InputPath\":\"$.b\",\"ResultPath\":\"$.r\",\"OutputPath\":\"$.r.a\"", "6")]
    public void A10_A_pass_state_builds_its_output_from_Parameters_or_Result(string fields, string output) =>
        Assert.Equal(output, Given.State("\"Type\":\"Pass\"," + fields).Started("""{"a":5,"b":{"a":6}}""").Output());

    [Fact]
    public void A10_Parameters_are_filled_in_even_where_Result_overrides_them() => Assert.Equal(
        "The JSONPath '$.no' specified for the field 'p.$' could not be found in the input '{}'",
        Given.State("\"Type\":\"Pass\",\"Parameters\":{\"p.$\":\"$.no\"},\"Result\":1").Started().RuntimeCause());
}
