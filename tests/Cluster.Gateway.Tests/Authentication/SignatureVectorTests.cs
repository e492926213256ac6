using System.Text;
using Cluster.Gateway.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Cluster.Gateway.Tests.Authentication;

/// <summary>The answers that AWS published for its test suite and in its documentation; their secret is no secret.</summary>
public sealed class SignatureVectorTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private const string Time = "20150830T123600Z";

    [Theory]
    [InlineData("get-vanilla", "GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1", "", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("get-vanilla-empty-query-key", "GET", "/?Param1=value1", "", "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb")]
    [InlineData("get-vanilla-utf8-query", "GET", "/?ሴ=bar", "", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData("get-utf8", "GET", "/ሴ", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("get-space-unnormalized", "GET", "/example space/", "", "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741")]
    [InlineData("get-slashes-unnormalized", "GET", "//example//", "", "87cca117541a147f6df867677d98a7d80dff226d2bfca9e4ffa899665623c7e5")]
    [InlineData("get-unreserved", "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")]
    [InlineData("get-header-key-duplicate", "GET", "/", "My-Header1:value2|My-Header1:value2|My-Header1:value1", "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea")]
    [InlineData("get-header-value-order", "GET", "/", "My-Header1:value4|My-Header1:value1|My-Header1:value3|My-Header1:value2", "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01")]
    [InlineData("get-header-value-trim", "GET", "/", "My-Header1: value1|My-Header2: \"a   b   c\"", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")]
    [InlineData("post-vanilla", "POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("post-vanilla-query", "POST", "/?Param1=value1", "", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11")]
    [InlineData("post-header-key-sort", "POST", "/", "My-Header1:value1", "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c")]
    [InlineData("post-header-value-case", "POST", "/", "My-Header1:VALUE1", "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d")]
    public void The_test_suites_signatures_come_out(string name, string method, string target, string more, string signature)
    {
        var headers = Headers("example.amazonaws.com", more);
        Assert.True(signature == Signed(method, target, headers, "", "service"), name);
    }

    [Fact]
    public void The_test_suites_form_is_signed_with_its_body()
    {
        var headers = Headers("example.amazonaws.com", "Content-Type:application/x-www-form-urlencoded");
        Assert.Equal(
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a", Signed("POST", "/", headers, "Param1=value1", "service"));
    }

    [Theory]
    [InlineData("/?Action=ListUsers&Version=2010-05-08")]
    [InlineData("/?Version=2010-05-08&Action=ListUsers")]
    [InlineData("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08")]
    [InlineData("https://iam.amazonaws.com?Action=ListUsers&Version=2010-05-08")]
    public void The_documentations_example_comes_out(string target)
    {
        var headers = Headers("iam.amazonaws.com", "Content-Type:application/x-www-form-urlencoded; charset=utf-8");
        Assert.Equal("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", Signed("GET", target, headers, "", "iam"));
    }

    [Fact]
    public void The_documentations_signing_key_comes_out() => Assert.Equal(
        "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9",
        Convert.ToHexStringLower(Signature.KeyFor(Secret, "20150830", "us-east-1", "iam")));

    private static HeaderDictionary Headers(string host, string more)
    {
        var headers = new HeaderDictionary { ["Host"] = host, ["X-Amz-Date"] = Time };
        foreach (var line in more.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = line[..line.IndexOf(':', StringComparison.Ordinal)];
            headers[name] = StringValues.Concat(headers[name], line[(name.Length + 1)..]);
        }

        return headers;
    }

    private static string Signed(string method, string target, HeaderDictionary headers, string body, string service)
    {
        var names = headers.Keys.Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal).ToArray();
        var request = new SignedRequest(method, target, headers, names, Time, $"20150830/us-east-1/{service}/aws4_request");
        Span<byte> hash = stackalloc byte[Signature.HexLength];
        Span<byte> signature = stackalloc byte[Signature.HexLength];
        Signature.Hash(Encoding.UTF8.GetBytes(body), hash);
        Signature.Sign(Signature.KeyFor(Secret, "20150830", "us-east-1", service), request, hash, signature);
        return Encoding.ASCII.GetString(signature);
    }
}
