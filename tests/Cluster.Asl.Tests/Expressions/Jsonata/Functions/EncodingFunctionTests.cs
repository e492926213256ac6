using Cluster.Asl.Expressions.Jsonata;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Functions;

public sealed class EncodingFunctionTests
{
    [Theory]
    [InlineData("$encodeUrl('https://x/a b?c=ü')", "\"https://x/a%20b?c=%C3%BC\"")]
    [InlineData("$encodeUrlComponent('a/b?c')", "\"a%2Fb%3Fc\"")]
    [InlineData("$decodeUrl('a%20b%2F')", "\"a b%2F\"")]
    [InlineData("$decodeUrlComponent('a%20b%2F')", "\"a b/\"")]
    [InlineData("$base64encode('Hé')", "\"SOk=\"")]
    [InlineData("$base64decode('SOk=')", "\"Hé\"")]
    [InlineData("$base64encode('')", "\"\"")]
    [InlineData("$base64encode(nothing)", "undefined")]
    [InlineData("$encodeUrl(5)", "T0410")]
    [InlineData("$encodeUrlComponent('\\uD800')", "D3140")]
    public void Texts_are_encoded_and_decoded(string expression, string answer) => Assert.Equal(answer, Answers.To(expression));

    [Fact]
    public void A_malformed_URL_is_shown() =>
        Assert.Equal("D3140: Malformed URL passed to $decodeUrl(): \"%zz\"", Answers.Refusal("$decodeUrl('%zz')"));

    [Fact]
    public void A_text_that_grows_beyond_the_limit_is_refused() => Assert.Equal(
        JsonataLimits.MemorySentence, Answers.To("$length($encodeUrl($pad('', 2000000, 'ü')))"));
}
