using Xunit;

namespace Cluster.Asl.Tests.Expressions;

public sealed class JsonPathFilterTests
{
    private const string Items = """
        {"limit":2,"wanted":["y","z"],"items":[{"id":0},{"id":1,"x":1,"s":"y","tags":[]},{"id":2,"x":2.0,"s":"Zed","tags":["p","q"]},
        {"id":3,"x":"2","s":"","n":null},{"id":4,"x":10,"s":"a/b","deep":{"k":[1,{"v":true}]}}]}
        """;

    [Theory]
    [InlineData("@.x", "1,2,3,4")]
    [InlineData("!@.x", "0")]
    [InlineData("!(@.x)", "0")]
    [InlineData("@.n", "3")]
    [InlineData("@", "0,1,2,3,4")]
    [InlineData("@.x == 1", "1")]
    [InlineData("@.x==1.0", "1")]
    [InlineData("@.x == 2", "2,3")]
    [InlineData("@.x != 2", "0,1,4")]
    [InlineData("@.x > 1", "2,4")]
    [InlineData("@.x >= 2", "2,4")]
    [InlineData("@.x < 2", "1")]
    [InlineData("@.x <= 2", "1,2")]
    [InlineData("@.x > -1e2", "1,2,4")]
    [InlineData("1 < @.x", "2,4")]
    [InlineData("@.s == 'y'", "1")]
    [InlineData("@['s'] == \"y\"", "1")]
    [InlineData("@.s > 'Z'", "1,2,4")]
    [InlineData("@.n == null", "3")]
    [InlineData("@.deep.k[1].v == true", "4")]
    [InlineData("@.deep.k[-1].v", "4")]
    [InlineData("@.deep..v", "4")]
    [InlineData("@.x >= $.limit", "2,4")]
    [InlineData("@.s in ['y','Zed']", "1,2")]
    [InlineData("@.s in $.wanted", "1")]
    [InlineData("@.x in [1, 10]", "1,4")]
    [InlineData("@.s nin ['y','Zed']", "0,3,4")]
    [InlineData("@.tags size 2", "2")]
    [InlineData("@.s size 3", "2,4")]
    [InlineData("@.tags empty true", "1")]
    [InlineData("@.s empty false", "1,2,4")]
    [InlineData("@.s =~ /z.*/i", "2")]
    [InlineData("@.s =~ /e/", "")]
    [InlineData("@.s =~ /a\\/b/", "4")]
    [InlineData("@.s =~ /[a-z]|Z\\w+/", "1,2")]
    [InlineData("@.x > 1 && @.s == 'Zed'", "2")]
    [InlineData("@.x==1||@.x==10", "1,4")]
    [InlineData("@.x == 1 || @.x == 10 && @.s == 'no'", "1")]
    [InlineData("(@.x == 1 || @.x == 10) && @.s == 'a/b'", "4")]
    [InlineData("!(@.x == 1 || @.x == 10) && @.x", "2,3")]
    [InlineData("@.tags[?(@ == 'q')]", "2")]
    [InlineData("@.x > 'a'", "")]
    public void A_filter_keeps_the_elements_for_which_it_holds(string condition, string ids) =>
        Assert.Equal($"[{ids}]", JsonPathTests.Read($"$.items[?({condition})].id", Items, isDefinite: false));

    [Theory]
    [InlineData("$.a[?(@.x == 1)]", "{\"a\":{\"x\":1}}", "[{\"x\":1}]")]
    [InlineData("$.a[?(@.x == 2)]", "{\"a\":{\"x\":1}}", "[]")]
    [InlineData("$.a[?(@.x)].x", "{\"a\":{\"x\":1}}", "[1]")]
    [InlineData("$..[?(@.x)].id", "{\"x\":0,\"id\":1,\"b\":[{\"x\":0,\"id\":2},{\"id\":3}]}", "[1,2]")]
    [InlineData("$[?(@ > 1)]", "[1,2,3]", "[2,3]")]
    [InlineData("$[?(@.length() == 1)]", "[[1]]", "[]")]
    public void A_filter_judges_an_object_itself(string path, string input, string expected) =>
        Assert.Equal(expected, JsonPathTests.Read(path, input, isDefinite: false));
}
