using Cluster.Gateway.Authentication;
using Cluster.Gateway.Hosting;
using Xunit;

namespace Cluster.Gateway.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://127.8.9.10:0")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    public void Loopback_addresses_need_no_keys(string address) =>
        Assert.Empty(new GatewayOptions { Listen = { address } }.Validate());

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://10.0.0.1:8080")]
    public void Other_addresses_are_refused_without_keys(string address)
    {
        var options = new GatewayOptions { Listen = { address } };
        Assert.Contains("no keys are configured", Assert.Single(options.Validate()), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => GatewayKestrel.Configure(new(), options));
    }

    [Fact]
    public void Other_addresses_are_refused_with_keys_too_while_signatures_are_not_verified()
    {
        var options = new GatewayOptions { Listen = { "http://0.0.0.0:8080" }, Keys = { new AccessKey("id", "secret") } };
        Assert.Contains("does not verify signatures yet", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8080")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("https://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("http://example.org:8080")]
    [InlineData("http://*:8080")]
    public void What_is_no_address_is_refused(string address) =>
        Assert.Contains("is no address", Assert.Single(new GatewayOptions { Listen = { address } }.Validate()), StringComparison.Ordinal);

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var options = new GatewayOptions { MaxBodyBytes = 0, MaxJsonDepth = -1, SlowGrace = TimeSpan.Zero, MinBytesPerSecond = double.NaN };
        Assert.Equal(5, options.Validate().Count);
    }

    [Fact]
    public void A_key_is_shown_without_its_secret() => Assert.Equal("id", new AccessKey("id", "secret").ToString());
}
