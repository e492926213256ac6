using Cluster.Protocol.Errors;
using Microsoft.Extensions.Primitives;

namespace Cluster.Gateway.Authentication;

/// <summary>
/// <c>Authorization: AWS4-HMAC-SHA256 Credential=id/day/region/service/aws4_request, SignedHeaders=a;b, Signature=hex</c>, taken apart but
/// not judged.
/// </summary>
/// <param name="KeyId">The access key id.</param>
/// <param name="Scope">What follows it in the credential: <c>day/region/service/aws4_request</c>.</param>
/// <param name="SignedHeaders">The names of the signed headers, with semicolons between them.</param>
/// <param name="Signature">The signature.</param>
internal sealed record AuthorizationHeader(string KeyId, string Scope, string SignedHeaders, string Signature)
{
    private const string Scheme = "AWS4-";
    private const int CredentialElements = 5;

    /// <summary>Takes the header apart.</summary>
    /// <returns>The parts, or the error that the caller is told.</returns>
    public static AwsResult<AuthorizationHeader> Read(StringValues sent)
    {
        if (sent.Count > 1)
            return SignatureErrors.Incomplete("Authorization header must be sent once.");
        var value = sent.Count == 0 ? default : sent[0].AsSpan().Trim();
        if (!value.StartsWith(Scheme, StringComparison.Ordinal))
            return SignatureErrors.Missing;
        var end = value.IndexOf(' ');
        var algorithm = end < 0 ? value : value[..end];
        if (!algorithm.SequenceEqual(Authentication.Signature.Algorithm))
        {
            return SignatureErrors.Incomplete(
                $"Unsupported AWS 'algorithm': {SignatureErrors.Quoted(algorithm)} (only {Authentication.Signature.Algorithm} for now).");
        }

        return ReadParameters(end < 0 ? default : value[end..]);
    }

    private static AwsResult<AuthorizationHeader> ReadParameters(ReadOnlySpan<char> text)
    {
        string? credential = null, signedHeaders = null, signature = null;
        foreach (var range in text.Split(','))
        {
            var part = text[range].Trim();
            var equal = part.IndexOf('=');
            if (equal < 0)
            {
                return SignatureErrors.Incomplete(
                    $"{SignatureErrors.Quoted(part)} not a valid key=value pair (missing equal-sign) in Authorization header.");
            }

            var value = part[(equal + 1)..].ToString();
            var isExpected = part[..equal] switch
            {
                "Credential" => SetOnce(ref credential, value),
                "SignedHeaders" => SetOnce(ref signedHeaders, value),
                "Signature" => SetOnce(ref signature, value),
                _ => false,
            };
            if (!isExpected)
            {
                return SignatureErrors.Incomplete(
                    $"Authorization header has an unknown or repeated parameter {SignatureErrors.Quoted(part[..equal])}.");
            }
        }

        return credential is { Length: > 0 } && signedHeaders is { Length: > 0 } && signature is { Length: > 0 }
            ? ReadCredential(credential, signedHeaders, signature)
            : SignatureErrors.Incomplete(
                (Demand("Credential", credential) + Demand("Signature", signature) + Demand("SignedHeaders", signedHeaders)).TrimEnd());
    }

    private static AwsResult<AuthorizationHeader> ReadCredential(string credential, string signedHeaders, string signature)
    {
        var slash = credential.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && credential.AsSpan().Count('/') == CredentialElements - 1
            ? new AuthorizationHeader(credential[..slash], credential[(slash + 1)..], signedHeaders, signature)
            : SignatureErrors.Incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
    }

    private static bool SetOnce(ref string? field, string value)
    {
        var isFirst = field is null;
        field = value;
        return isFirst;
    }

    private static string Demand(string name, string? value) =>
        value is { Length: > 0 } ? "" : $"Authorization header requires '{name}' parameter. ";
}
