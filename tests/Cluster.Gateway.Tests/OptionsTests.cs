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

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://10.0.0.1:8080")]
    public void Other_addresses_are_listened_on_with_keys(string address) =>
        Assert.Empty(new GatewayOptions { Listen = { address }, Keys = { new AccessKey("id", "secret") } }.Validate());

    [Theory]
    [InlineData("", "secret", "the id of a key")]
    [InlineData("a/b", "secret", "the id of a key")]
    [InlineData("a,b", "secret", "the id of a key")]
    [InlineData("a b", "secret", "the id of a key")]
    [InlineData("\u00e4", "secret", "the id of a key")]
    [InlineData("id", "", "has no secret")]
    public void A_key_that_nobody_could_use_is_refused(string id, string secret, string reason)
    {
        var options = new GatewayOptions { Listen = { "http://127.0.0.1:8080" }, Keys = { new AccessKey(id, secret) } };
        Assert.Contains(reason, Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_keys_of_one_id_are_refused()
    {
        var options = new GatewayOptions { Listen = { "http://127.0.0.1:8080" }, Keys = { new AccessKey("id", "a"), new AccessKey("id", "b") } };
        Assert.Contains("same id", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(16)]
    public void The_clocks_may_differ_by_fifteen_minutes_at_most(int minutes)
    {
        var options = new GatewayOptions { Listen = { "http://127.0.0.1:8080" }, ClockTolerance = TimeSpan.FromMinutes(minutes) };
        Assert.Contains("ClockTolerance", Assert.Single(options.Validate()), StringComparison.Ordinal);
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
