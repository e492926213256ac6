using System.Security.Cryptography;
using System.Text;

namespace Cluster.Gateway.Authentication;

/// <summary>
/// The arithmetic of AWS Signature Version 4:
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>. It knows no callers, no clock and no errors.
/// </summary>
internal static class Signature
{
    /// <summary>The name of the algorithm.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The last element of every scope.</summary>
    public const string Terminator = "aws4_request";

    /// <summary>How many characters a hash or a signature has in hexadecimal.</summary>
    public const int HexLength = 2 * SHA256.HashSizeInBytes;

    private const string KeyPrefix = "AWS4";

    /// <summary>The key that signs for a day, a region and a service.</summary>
    public static byte[] KeyFor(string secret, string day, string region, string service)
    {
        var key = Encoding.UTF8.GetBytes(KeyPrefix + secret);
        foreach (var part in (ReadOnlySpan<string>)[day, region, service, Terminator])
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    /// <summary>Writes the SHA-256 of bytes in lower-case hexadecimal.</summary>
    public static void Hash(ReadOnlySpan<byte> bytes, Span<byte> hex)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        Convert.TryToHexStringLower(hash, hex, out _);
    }

    /// <summary>Writes the signature of a request in lower-case hexadecimal.</summary>
    /// <param name="key">The key of <see cref="KeyFor"/>.</param>
    /// <param name="request">What is signed, beside the body.</param>
    /// <param name="payloadHash">The hash of the body, in hexadecimal.</param>
    /// <param name="hex">Where it goes; <see cref="HexLength"/> bytes.</param>
    public static void Sign(ReadOnlySpan<byte> key, in SignedRequest request, ReadOnlySpan<byte> payloadHash, Span<byte> hex)
    {
        Span<byte> requestHash = stackalloc byte[HexLength];
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var text = new CanonicalText();
        try
        {
            request.AddTo(ref text, payloadHash);
            Hash(text.Bytes, requestHash);
            text.Clear();
            text.Add(Algorithm);
            text.Add("\n"u8);
            text.Add(request.Time);
            text.Add("\n"u8);
            text.Add(request.Scope);
            text.Add("\n"u8);
            text.Add(requestHash);
            HMACSHA256.HashData(key, text.Bytes, mac);
        }
        finally
        {
            text.Dispose();
        }

        Convert.TryToHexStringLower(mac, hex, out _);
    }
}
