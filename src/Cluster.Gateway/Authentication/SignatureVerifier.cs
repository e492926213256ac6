using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Cluster.Gateway.Hosting;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cluster.Gateway.Authentication;

/// <summary>
/// Verifies AWS Signature Version 4 in the <c>Authorization</c> header, in two steps: what the head of a request shows to be wrong is
/// refused before its body is read; then the body is hashed and the signature compared. An unknown key and a wrong signature go the
/// whole way and get the same answer. There is no memory of signatures: two equal requests within a second carry the same one rightly.
/// </summary>
internal sealed class SignatureVerifier
{
    private const string Service = "states";
    private const string AmazonPrefix = "x-amz-";
    private const string ContentHashHeader = "x-amz-content-sha256";
    private const string SessionTokenHeader = "X-Amz-Security-Token";
    private const string TargetHeader = "X-Amz-Target";
    private const int DecoySecretBytes = 32;

    private readonly FrozenDictionary<string, SigningKeys> _keys;
    private readonly SigningKeys _decoy;
    private readonly string _region;
    private readonly TimeSpan _tolerance;
    private readonly TimeProvider _time;

    public SignatureVerifier(GatewayOptions options, ISecretSource secrets, TimeProvider time)
    {
        _region = options.Region;
        _tolerance = options.ClockTolerance;
        _time = time;
        _keys = options.Keys.ToFrozenDictionary(
            static key => key.Id, key => new SigningKeys(key, _region, Service), StringComparer.Ordinal);

        // An unknown key is measured against a secret that nobody knows, so that it costs what a known one costs.
        var secret = new byte[DecoySecretBytes];
        secrets.Fill(secret);
        _decoy = new SigningKeys(new AccessKey("", Convert.ToHexString(secret)), _region, Service);
    }

    /// <summary>Reads the signature of a request and judges all that needs no body.</summary>
    /// <returns>What the request claims, or the error that the caller is told.</returns>
    public AwsResult<SignatureClaim> Read(HttpRequest request)
    {
        var headers = request.Headers;
        var read = AuthorizationHeader.Read(headers.Authorization);
        if (read.Value is not { } authorization)
            return read.Error!;
        if (SignatureTime.Read(headers, out var signed) is { } unreadable)
            return unreadable;
        var now = _time.GetUtcNow();
        if ((now - signed).Duration() > _tolerance)
            return SignatureErrors.Skewed(signed, now, _tolerance);
        if (headers.ContainsKey(SessionTokenHeader))
            return SignatureErrors.SessionToken;
        var time = SignatureTime.Text(signed);
        var names = authorization.SignedHeaders.Split(';');
        var day = DateOnly.FromDateTime(signed.UtcDateTime);
        if ((JudgeScope(authorization.Scope, SignatureTime.DayText(day), time) ?? JudgeHeaders(headers, names)) is { } error)
            return error;
        if (authorization.Signature.Length != Signature.HexLength || !Ascii.IsValid(authorization.Signature))
            return SignatureErrors.Mismatch;
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new SignatureClaim(
            authorization.KeyId,
            authorization.Signature,
            day,
            new SignedRequest(request.Method, target, headers, names, time, authorization.Scope));
    }

    /// <summary>Judges the signature.</summary>
    /// <param name="claim">What <see cref="Read"/> gave.</param>
    /// <param name="body">All bytes of the body as they were received.</param>
    /// <returns>The access key id of the caller, or the error that he is told.</returns>
    public AwsResult<string> Verify(SignatureClaim claim, ReadOnlySpan<byte> body)
    {
        Span<byte> payloadHash = stackalloc byte[Signature.HexLength];
        Span<byte> expected = stackalloc byte[Signature.HexLength];
        Span<byte> sent = stackalloc byte[Signature.HexLength];
        Signature.Hash(body, payloadHash);
        var isKnown = _keys.TryGetValue(claim.KeyId, out var key);
        key = isKnown ? key! : _decoy;
        Signature.Sign(key.For(claim.Day), claim.Request, payloadHash, expected);
        Encoding.ASCII.GetBytes(claim.Signature, sent);
        var isRight = CryptographicOperations.FixedTimeEquals(expected, sent);
        return isKnown & isRight & ClaimsHash(claim.Request.Headers, payloadHash) ? key.Id : SignatureErrors.Mismatch;
    }

    /// <summary>The hash is always that of the bytes received; a header that names another one, or none, lies.</summary>
    private static bool ClaimsHash(IHeaderDictionary headers, ReadOnlySpan<byte> payloadHash)
    {
        var claimed = headers[ContentHashHeader];
        return claimed.Count == 0 || (claimed.Count == 1 && Ascii.Equals(payloadHash, claimed[0].AsSpan()));
    }

    private AwsError? JudgeScope(string scope, string day, string time)
    {
        if (string.Equals(scope, $"{day}/{_region}/{Service}/{Signature.Terminator}", StringComparison.Ordinal))
            return null;
        var parts = scope.Split('/');
        var wrong = new StringBuilder();
        if (!string.Equals(parts[1], _region, StringComparison.Ordinal))
            wrong.Append("Credential should be scoped to a valid region, not ").Append(SignatureErrors.Quoted(parts[1])).Append(". ");
        if (!string.Equals(parts[2], Service, StringComparison.Ordinal))
            wrong.Append("Credential should be scoped to correct service: '").Append(Service).Append("'. ");
        if (!string.Equals(parts[3], Signature.Terminator, StringComparison.Ordinal))
        {
            wrong.Append("Credential should be scoped with a valid terminator: '").Append(Signature.Terminator).Append("', not ")
                .Append(SignatureErrors.Quoted(parts[3])).Append(". ");
        }

        if (!string.Equals(parts[0], day, StringComparison.Ordinal))
        {
            wrong.Append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ")
                .Append(SignatureErrors.Quoted(parts[0])).Append(" != '").Append(day).Append("', from '").Append(time).Append("'. ");
        }

        return SignatureErrors.Invalid(wrong.ToString().TrimEnd());
    }

    private static AwsError? JudgeHeaders(IHeaderDictionary headers, string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if ((i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0) || names[i].AsSpan().ContainsAnyInRange('A', 'Z'))
                return SignatureErrors.Invalid("The names in SignedHeaders must be lower-case, in ascending order, each once.");
            if (headers[names[i]].Count == 0)
                return SignatureErrors.Invalid($"The signed header {SignatureErrors.Quoted(names[i])} is not in the request.");
        }

        if (Array.BinarySearch(names, "host", StringComparer.Ordinal) < 0)
            return SignatureErrors.Invalid("'Host' must be a 'SignedHeader' in the AWS Authorization.");
        if (headers[TargetHeader].Count > 1)
            return SignatureErrors.Invalid("'X-Amz-Target' must be sent once.");
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith(AmazonPrefix, StringComparison.OrdinalIgnoreCase)
                && Array.BinarySearch(names, name.ToLowerInvariant(), StringComparer.Ordinal) < 0)
                return SignatureErrors.Invalid($"{SignatureErrors.Quoted(name)} must be a 'SignedHeader' in the AWS Authorization.");
        }

        return null;
    }
}
