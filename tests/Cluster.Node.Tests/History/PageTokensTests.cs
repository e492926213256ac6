using System.Buffers.Text;
using System.Text;
using Cluster.Node.History;
using Xunit;

namespace Cluster.Node.Tests.History;

public sealed class PageTokensTests
{
    private const long Now = 1_700_000_000_000;

    [Fact]
    public void A_token_gives_its_position_back_for_24_hours()
    {
        var token = PageTokens.Make("list a\nb", "17", Now);
        foreach (var later in (long[])[0, PageTokens.LifetimeMilliseconds])
        {
            Assert.True(PageTokens.TryRead(token, "list a\nb", Now + later, out var position));
            Assert.Equal("17", position);
        }

        Assert.False(PageTokens.TryRead(token, "list a\nb", Now + PageTokens.LifetimeMilliseconds + 1, out _));
    }

    [Fact]
    public void A_token_is_good_for_its_own_query_only() =>
        Assert.False(PageTokens.TryRead(PageTokens.Make("list a", "17", Now), "list b", Now, out _));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not base64!")]
    [InlineData("AAAA")]
    [InlineData("====")]
    public void What_is_no_token_is_none(string token) => Assert.False(PageTokens.TryRead(token, "q", Now, out _));

    [Theory]
    [InlineData("-1\n1\nq")]
    [InlineData("1e99\n1\nq")]
    [InlineData("99999999999999999999\n1\nq")]
    [InlineData("\n\nq")]
    public void A_token_with_a_time_that_cannot_be_is_none(string content) =>
        Assert.False(PageTokens.TryRead(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content)), "q", Now, out _));
}
