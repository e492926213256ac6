using Cluster.Gateway.Authentication;
using Cluster.Gateway.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace Cluster.Gateway.Tests.Authentication;

public sealed class SignatureFuzzTests
{
    private const int Rounds = 20_000;
    private const int Seed = 4711;
    private const string Letters = "aZ09/;,=-_.:+%\u0001\u007fé漢\"'{}";

    private static readonly string[] Names = ["Authorization", "X-Amz-Date", "X-Amz-Target", "Host"];

    [Fact]
    public void Headers_with_changed_lost_and_added_characters_are_refused_and_never_throw()
    {
        var options = new GatewayOptions { Keys = { new AccessKey(RawRequest.Signer.KeyId, RawRequest.Signer.Secret) } };
        var verifier = new SignatureVerifier(options, new FakePorts(), new StillClock(RawRequest.Noon));
        var body = new RawRequest().Content;
        var signed = RawRequest.Signed().Headers;
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var http = new DefaultHttpContext();
            http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = "POST", Path = "/", RawTarget = "/" });
            foreach (var (name, value) in signed)
                http.Request.Headers[name] = value;
            var changed = Names[random.Next(Names.Length)];
            var text = http.Request.Headers[changed].ToString();
            http.Request.Headers[changed] = Changed(text, random);
            var claim = verifier.Read(http.Request);
            var isTaken = claim.Value is not null && verifier.Verify(claim.Value, body).Value is not null;
            Assert.False(isTaken, $"round {round}: {changed}: {http.Request.Headers[changed]}");
        }
    }

    private static string Changed(string text, Random random)
    {
        string changed;
        do
        {
            var place = random.Next(text.Length);
            changed = random.Next(4) switch
            {
                0 => text.Remove(place, 1),
                1 => text.Insert(place, Letters[random.Next(Letters.Length)].ToString()),
                2 => text[..place],
                _ => text.Remove(place, 1).Insert(place, Letters[random.Next(Letters.Length)].ToString()),
            };
        }
        while (changed.Replace(" ", "", StringComparison.Ordinal) == text.Replace(" ", "", StringComparison.Ordinal));
        return changed;
    }
}
