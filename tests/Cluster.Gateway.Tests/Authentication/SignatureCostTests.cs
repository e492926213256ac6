using System.Diagnostics;
using Cluster.Gateway.Authentication;
using Cluster.Gateway.Hosting;
using Cluster.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Xunit;

namespace Cluster.Gateway.Tests.Authentication;

public sealed class SignatureCostTests
{
    private const int Rounds = 3000;
    private const double MostMicroseconds = 50;

    /// <summary>The two are measured in turn, and by their medians, so that what else the machine does falls on both.</summary>
    [Fact]
    public void A_signature_costs_at_most_fifty_microseconds_and_an_unknown_key_no_less_than_a_known_one()
    {
        var options = new GatewayOptions { Keys = { new AccessKey(RawRequest.Signer.KeyId, RawRequest.Signer.Secret) } };
        var verifier = new SignatureVerifier(options, new FakePorts(), new StillClock(RawRequest.Noon));
        var wrong = Request(new RequestSigner(RawRequest.Signer.KeyId, "wrong"));
        var unknown = Request(new RequestSigner("AKIDEXAMPLF", "wrong"));
        var right = Request(RawRequest.Signer);
        var body = new RawRequest().Content;
        double[] rightTimes = new double[Rounds], wrongTimes = new double[Rounds], unknownTimes = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            rightTimes[i] = Measure(verifier, right, body, isRight: true);
            wrongTimes[i] = Measure(verifier, wrong, body, isRight: false);
            unknownTimes[i] = Measure(verifier, unknown, body, isRight: false);
        }

        Assert.InRange(Median(rightTimes), 0, MostMicroseconds);
        Assert.InRange(Median(unknownTimes) / Median(wrongTimes), 0.8, 1.25);
    }

    private static double Measure(SignatureVerifier verifier, HttpRequest request, byte[] body, bool isRight)
    {
        var started = Stopwatch.GetTimestamp();
        var verified = verifier.Verify(verifier.Read(request).Value!, body);
        var elapsed = Stopwatch.GetElapsedTime(started);
        Assert.Equal(isRight, verified.Value is not null);
        return elapsed.TotalMicroseconds;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }

    private static HttpRequest Request(RequestSigner signer)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { Method = "POST", Path = "/", RawTarget = "/" });
        foreach (var (name, value) in RawRequest.Signed(signer).Headers)
            http.Request.Headers[name] = value;
        return http.Request;
    }
}
