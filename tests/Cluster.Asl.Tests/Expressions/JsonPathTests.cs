using Cluster.Asl.Expressions;
using Cluster.Asl.Json;
using Xunit;

namespace Cluster.Asl.Tests.Expressions;

public sealed class JsonPathTests
{
    internal const string Store = """
        {"store":{"book":[{"category":"reference","author":"Rees","title":"Sayings","price":8.95},{"category":"fiction","author":"Waugh",
        "title":"Sword","price":12.99},{"category":"fiction","author":"Melville","title":"Moby Dick","isbn":"0-553","price":8.99},
        {"category":"fiction","author":"Tolkien","title":"Rings","isbn":"0-395","price":22.99}],"bicycle":{"color":"red","price":19.95}},
        "expensive":10,"list":["a","b","c","d"],"numbers":[1,2,3,4,5],"empty":[],"none":null,"text":"abc","a b":{"c.d":[{"x":1}]},
        "delivery-partner":"UQS","it's":1,"length()":"odd","straße":"ß","日本 語":"\t"}
        """;

    [Theory]
    [InlineData("$.expensive", "10")]
    [InlineData("$['expensive']", "10")]
    [InlineData("$[\"expensive\"]", "10")]
    [InlineData("$[ 'expensive' ]", "10")]
    [InlineData("$.['expensive']", "10")]
    [InlineData("$.delivery-partner", "\"UQS\"")]
    [InlineData("$.none", "null")]
    [InlineData("$['a b']['c.d'][0].x", "1")]
    [InlineData("$['it\\'s']", "1")]
    [InlineData("$['it\\u0027s']", "1")]
    [InlineData("$.straße", "\"ß\"")]
    [InlineData("$['日本 語']", "\"\\t\"")]
    [InlineData("$.list[-1]", "\"d\"")]
    [InlineData("$.list[-4]", "\"a\"")]
    [InlineData("$.list[0]", "\"a\"")]
    [InlineData("$.list[ 2 ]", "\"c\"")]
    [InlineData("$.list.[3]", "\"d\"")]
    [InlineData("$.store.bicycle['color','price']", "{\"color\":\"red\",\"price\":19.95}")]
    [InlineData("$.store.bicycle['price', 'wheels']", "{\"price\":19.95}")]
    [InlineData("$.list[(@.length-1)]", "\"d\"")]
    [InlineData("$.list[ ( @.length - 2 ) ]", "\"c\"")]
    [InlineData("$.list[(@.size()-4)]", "\"a\"")]
    [InlineData("$.store.book[(@.length-1)].title", "\"Rings\"")]
    [InlineData("$['store']bicycle['color']", "\"red\"")]
    [InlineData("$.expensive ", "10")]
    [InlineData("$.length()", "\"odd\"")]
    public void A38_A_definite_path_gives_the_value(string path, string expected) => Assert.Equal(expected, Read(path, Store, isDefinite: true));

    [Theory]
    [InlineData("$$.Execution.Input.input-value", "7")]
    [InlineData("$$.State.Name", "\"Here\"")]
    [InlineData("$$['StateMachine'].Name", "\"machine\"")]
    public void A37_Two_dollars_read_the_context_object(string path, string expected)
    {
        Assert.Equal(expected, Read(path, "{}", isDefinite: true));
        Assert.True(JsonPath.TryParse(path, out var parsed));
        Assert.True(parsed.IsContext);
    }

    [Fact]
    public void The_root_paths_give_the_documents_themselves()
    {
        var scope = Documents.Scope("[1]");
        Assert.True(JsonPath.TryParse("$", out var root));
        Assert.Same(JsonPath.Root, root);
        Assert.True(root.TryRead(scope, out var input, out _));
        Assert.Same(scope.Input, input);
        Assert.True(JsonPath.TryParse("$$", out var context));
        Assert.True(context.TryRead(scope, out var document, out _));
        Assert.Same(scope.Context.Document, document);
    }

    [Theory]
    [InlineData("$.list[*]", "[\"a\",\"b\",\"c\",\"d\"]")]
    [InlineData("$.list.*", "[\"a\",\"b\",\"c\",\"d\"]")]
    [InlineData("$.store.bicycle.*", "[\"red\",19.95]")]
    [InlineData("$.list[0,2,9]", "[\"a\",\"c\",null]")]
    [InlineData("$.list[0, -1]", "[\"a\",\"d\"]")]
    [InlineData("$.store.book[0,9].price", "[8.95]")]
    [InlineData("$.list[1:3]", "[\"b\",\"c\"]")]
    [InlineData("$.list[:1]", "[\"a\"]")]
    [InlineData("$.list[2:]", "[\"c\",\"d\"]")]
    [InlineData("$.list[-2:]", "[\"c\",\"d\"]")]
    [InlineData("$.list[-9:]", "[\"a\",\"b\",\"c\",\"d\"]")]
    [InlineData("$.list[:-3]", "[\"a\"]")]
    [InlineData("$.list[:-9]", "[]")]
    [InlineData("$.list[:9]", "[\"a\",\"b\",\"c\",\"d\"]")]
    [InlineData("$.list[-3:-1]", "[\"b\",\"c\"]")]
    [InlineData("$.list[0:3:2]", "[\"a\",\"b\",\"c\"]")]
    [InlineData("$.list[2::1]", "[\"c\",\"d\"]")]
    [InlineData("$.list[:2:]", "[\"a\",\"b\"]")]
    [InlineData("$.empty[-3:-1]", "[]")]
    [InlineData("$.list[0:-1]", "[]")]
    [InlineData("$.list[-1:1]", "[\"d\",\"a\"]")]
    [InlineData("$.list[4:]", "[]")]
    [InlineData("$.store.book[*].author", "[\"Rees\",\"Waugh\",\"Melville\",\"Tolkien\"]")]
    [InlineData("$..author", "[\"Rees\",\"Waugh\",\"Melville\",\"Tolkien\"]")]
    [InlineData("$.store..price", "[8.95,12.99,8.99,22.99,19.95]")]
    [InlineData("$..book[2].title", "[\"Moby Dick\"]")]
    [InlineData("$..['isbn']", "[\"0-553\",\"0-395\"]")]
    [InlineData("$..bicycle['color','price']", "[{\"color\":\"red\",\"price\":19.95}]")]
    [InlineData("$.store['book','bicycle'].price", "[19.95]")]
    [InlineData("$.store.bicycle..*", "[\"red\",19.95]")]
    [InlineData("$['a b']..*", "[[{\"x\":1}],{\"x\":1},1]")]
    [InlineData("$..['isbn','price']", "[{\"isbn\":\"0-553\",\"price\":8.99},{\"isbn\":\"0-395\",\"price\":22.99}]")]
    [InlineData("$.store.book..[0]", "[{\"category\":\"reference\",\"author\":\"Rees\",\"title\":\"Sayings\",\"price\":8.95}]")]
    [InlineData("$.store..[0].author", "[\"Rees\",\"Waugh\",\"Melville\",\"Tolkien\"]")]
    [InlineData("$.no.such[*]", "[]")]
    [InlineData("$.no[?(@.x)]", "[]")]
    [InlineData("$.text[*]", "[]")]
    [InlineData("$.empty[*].x", "[]")]
    public void A35_An_indefinite_path_gives_an_array_however_little_it_finds(string path, string expected) =>
        Assert.Equal(expected, Read(path, Store, isDefinite: false));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData(".a")]
    [InlineData("@.a")]
    [InlineData("$.")]
    [InlineData("$..")]
    [InlineData("$...a")]
    [InlineData("$.a.")]
    [InlineData("$.a..")]
    [InlineData("$a")]
    [InlineData("$name.path")]
    [InlineData("$$a")]
    [InlineData("$$$")]
    [InlineData("$.a b")]
    [InlineData(" $.a")]
    [InlineData("$[")]
    [InlineData("$[]")]
    [InlineData("$['a'")]
    [InlineData("$['a")]
    [InlineData("$[a]")]
    [InlineData("$['a',]")]
    [InlineData("$['a',1]")]
    [InlineData("$[1,]")]
    [InlineData("$[+1]")]
    [InlineData("$[1.5]")]
    [InlineData("$[99999999999]")]
    [InlineData("$[:]")]
    [InlineData("$[1:2:3:4]")]
    [InlineData("$[1:2:x]")]
    [InlineData("$[::2]")]
    [InlineData("$[(@.length)]")]
    [InlineData("$[(@.length+1)]")]
    [InlineData("$[(@.count-1)]")]
    [InlineData("$[@.length-1]")]
    [InlineData("$.a(")]
    [InlineData("$[?]")]
    [InlineData("$[?()]")]
    [InlineData("$[?(@.a]")]
    [InlineData("$[?(@.a ==)]")]
    [InlineData("$[?(@.a == 1)")]
    [InlineData("$[?(@.a like 1)]")]
    [InlineData("$[?(1)]")]
    [InlineData("$[?(true)]")]
    [InlineData("$[?(@.a in [1)]")]
    [InlineData("$[?(@.a == 'b)]")]
    [InlineData("$[?(@.a == 'b' c)]")]
    [InlineData("$[?(@.a = 1)]")]
    [InlineData("$[?(@.a =~ /(/)]")]
    [InlineData("$[?(@.a =~ /a)|(b/)]")]
    [InlineData("$[?(@.a =~ /(?=a)a/)]")]
    [InlineData("$[?(@.a =~ /(.*)\\1/)]")]
    [InlineData("$[?(@.a =~ /(?<!a)b/)]")]
    [InlineData("$[?(@.a =~ /(?>a)b/)]")]
    [InlineData("$['\\u00']")]
    [InlineData("$['\\u00zz']")]
    [InlineData("$[?(@.a =~ /((a{900}){900}){900}/)]")]
    [InlineData("$[?(@.a && )]")]
    [InlineData("States.Format('a')")]
    public void A38_A_text_that_is_no_path_is_refused(string text) => Assert.False(JsonPath.TryParse(text, out _));

    [Fact]
    public void A_path_of_fields_and_indexes_is_followed_without_allocating()
    {
        Assert.True(JsonPath.TryParse("$.store.book[1].price", out var path));
        var scope = Documents.Scope(Store);
        Assert.True(path.TryRead(scope, out _, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            path.TryRead(scope, out _, out _);
            path.TryFind(scope, out _);
            path.TryReadField(scope, "f.$", out _, out _);
            path.TryReadDocument(scope, out _, out _);
            path.TryReadArgument(scope, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("$.o", "{\"z\":1.50,\"a\":123456789012345678901234567890}")]
    [InlineData("$.*", "[{\"z\":1.50,\"a\":123456789012345678901234567890},[1e2,-0.0]]")]
    [InlineData("$..z", "[1.50]")]
    [InlineData("$['l','o']", "{\"l\":[1e2,-0.0],\"o\":{\"z\":1.50,\"a\":123456789012345678901234567890}}")]
    public void A39_Numbers_stay_as_written_and_names_in_their_order(string path, string expected)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed));
        var scope = Documents.Scope("{\"o\":{\"z\":1.50,\"a\":123456789012345678901234567890},\"l\":[1e2,-0.0]}");
        Assert.True(parsed.TryRead(scope, out var value, out _));
        Assert.Equal(expected, value.ToString());
    }

    [Fact]
    public void What_is_found_is_the_documents_own()
    {
        var scope = Documents.Scope("{\"a\":[{\"b\":{}}]}");
        Assert.True(JsonPath.TryParse("$..b", out var path));
        Assert.True(path.TryRead(scope, out var value, out _));
        var item = Assert.IsType<JsonObject>(Assert.IsType<JsonArray>(((JsonObject)scope.Input)["a"])[0]);
        Assert.Same(item["b"], Assert.IsType<JsonArray>(value)[0]);
    }

    internal static string Read(string path, string input, bool isDefinite)
    {
        Assert.True(JsonPath.TryParse(path, out var parsed), path);
        Assert.Equal(path, parsed.Text);
        Assert.Equal(isDefinite, parsed.IsDefinite);
        var scope = Documents.Scope(input);
        Assert.True(parsed.TryRead(scope, out var value, out var reason), reason);
        Assert.True(parsed.TryFind(scope, out var found));
        Assert.Equal(value, found);
        return value.ToString();
    }
}
