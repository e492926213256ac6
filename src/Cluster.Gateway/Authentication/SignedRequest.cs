using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.Authentication;

/// <summary>What is signed of a request, beside its body.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Target">Path and query as they came over the wire.</param>
/// <param name="Headers">All headers of the request.</param>
/// <param name="SignedHeaders">The names of those that are signed: lower-case, ascending, each present in <paramref name="Headers"/>.</param>
/// <param name="Time">When it was signed, as <c>yyyyMMddTHHmmssZ</c>.</param>
/// <param name="Scope">What the signature is good for: <c>day/region/service/aws4_request</c>.</param>
internal readonly record struct SignedRequest(
    string Method, string Target, IHeaderDictionary Headers, IReadOnlyList<string> SignedHeaders, string Time, string Scope)
{
    /// <summary>Adds the canonical form of the request, of which the hash is signed.</summary>
    /// <param name="text">Where it goes.</param>
    /// <param name="payloadHash">The hash of the body, in hexadecimal.</param>
    public void AddTo(ref CanonicalText text, ReadOnlySpan<byte> payloadHash)
    {
        text.Add(Method);
        text.Add("\n"u8);
        CanonicalTarget.AddTo(ref text, Target);
        text.Add("\n"u8);
        foreach (var name in SignedHeaders)
        {
            text.Add(name);
            var before = ":"u8;
            foreach (var value in Headers[name])
            {
                text.Add(before);
                text.AddTrimmed(value);
                before = ","u8;
            }

            text.Add("\n"u8);
        }

        var between = "\n"u8;
        foreach (var name in SignedHeaders)
        {
            text.Add(between);
            text.Add(name);
            between = ";"u8;
        }

        text.Add("\n"u8);
        text.Add(payloadHash);
    }
}
