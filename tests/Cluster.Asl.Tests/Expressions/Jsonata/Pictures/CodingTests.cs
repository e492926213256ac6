using Cluster.Asl.Expressions.Jsonata.Pictures;
using Xunit;

namespace Cluster.Asl.Tests.Expressions.Jsonata.Pictures;

public sealed class CodingTests
{
    [Theory]
    [InlineData("é ?&=%#[]'()*!~", "%C3%A9%20?&=%25#%5B%5D'()*!~", false)]
    [InlineData("é ?&=%#[]'()*!~-_.", "%C3%A9%20%3F%26%3D%25%23%5B%5D'()*!~-_.", true)]
    [InlineData("😀", "%F0%9F%98%80", true)]
    public void Texts_are_encoded_for_URLs_and_come_back(string text, string encoded, bool isComponent)
    {
        Assert.Equal(encoded, UrlCoding.Encode(text, isComponent));
        Assert.Equal(text, UrlCoding.Decode(encoded, isComponent));
    }

    [Fact]
    public void What_has_a_meaning_in_URLs_stays_encoded()
    {
        Assert.Equal("%3FA%23%2f", UrlCoding.Decode("%3F%41%23%2f", isComponent: false));
        Assert.Equal("?A#/+", UrlCoding.Decode("%3F%41%23%2f+", isComponent: true));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    [InlineData("%ff")]
    [InlineData("%80")]
    [InlineData("%C3")]
    [InlineData("%C3%41")]
    [InlineData("%C0%80")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F8%80%80%80%80")]
    public void Malformed_escapes_are_refused(string text)
    {
        Assert.Null(UrlCoding.Decode(text, isComponent: true));
        Assert.Null(UrlCoding.Decode(text, isComponent: false));
    }

    [Fact]
    public void Half_a_surrogate_pair_cannot_be_encoded() => Assert.Null(UrlCoding.Encode("a\uD800", isComponent: false));

    [Theory]
    [InlineData("", "")]
    [InlineData("Ärger", "xHJnZXI=")]
    [InlineData("é€", "6aw=")]
    public void Characters_are_the_bytes_of_base64(string text, string encoded) => Assert.Equal(encoded, Base64Text.Encode(text));

    [Theory]
    [InlineData("xHJnZXI=", "Ärger")]
    [InlineData("aGVsbG8", "hello")]
    [InlineData("aG Vs\nbG8=", "hello")]
    [InlineData("aGV-bG8_", "he~lo?")]
    [InlineData("aGVs=bG8", "hel")]
    [InlineData("!!!!", "")]
    public void Base64_is_read_with_patience(string encoded, string text) => Assert.Equal(text, Base64Text.Decode(encoded));

    [Theory]
    [InlineData("Straße ﬁn 𐐨", "STRASSE FIN 𐐀")]
    [InlineData("\u0149\u0390", "\u02BCN\u0399\u0308\u0301")]
    public void Letters_become_capitals_in_full(string text, string upper) => Assert.Equal(upper, LetterCases.Upper(text));

    [Theory]
    [InlineData("ΟΔΟΣ Σ ΑΣΑ ΑΣ.", "οδος σ ασα ας.")]
    [InlineData("\u0130 𐐀", "i\u0307 𐐨")]
    public void Letters_become_small_in_full(string text, string lower) => Assert.Equal(lower, LetterCases.Lower(text));
}
