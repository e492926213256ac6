using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Cluster.Testing;

/// <summary>
/// Signs requests as AWS clients do (Signature Version 4, Authorization header). Written from the published algorithm for itself, so that
/// it shares no mistake with the server. For <c>POST /</c> without a query.
/// </summary>
public sealed record RequestSigner(string KeyId, string Secret, string Region = "us-east-1", string Service = "states")
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    /// <summary>The headers of a signed request, Authorization among them, Host not.</summary>
    /// <param name="host">The host and port that the request will name.</param>
    /// <param name="body">The body.</param>
    /// <param name="headers">More headers, all of which are signed.</param>
    /// <param name="time">When it is signed.</param>
    public Dictionary<string, string> Sign(string host, ReadOnlySpan<byte> body, IReadOnlyDictionary<string, string> headers, DateTimeOffset time)
    {
        var sent = new Dictionary<string, string>(headers, StringComparer.OrdinalIgnoreCase)
        {
            ["X-Amz-Date"] = time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture),
        };
        var signed = sent.Append(new("host", host))
            .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(' ', header.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))))
            .OrderBy(header => header.Name, StringComparer.Ordinal)
            .ToList();
        var names = string.Join(';', signed.Select(header => header.Name));
        var lines = string.Concat(signed.Select(header => $"{header.Name}:{header.Value}\n"));
        var canonical = $"POST\n/\n\n{lines}\n{names}\n{Hex(SHA256.HashData(body))}";
        var day = sent["X-Amz-Date"][..8];
        var scope = $"{day}/{Region}/{Service}/aws4_request";
        var text = $"{Algorithm}\n{sent["X-Amz-Date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Mac(Mac(Mac(Mac(Encoding.UTF8.GetBytes("AWS4" + Secret), day), Region), Service), "aws4_request");
        sent["Authorization"] = $"{Algorithm} Credential={KeyId}/{scope}, SignedHeaders={names}, Signature={Hex(Mac(key, text))}";
        return sent;
    }

    /// <summary>Signs a request of the API with its target and content type; the content is its body.</summary>
    public void Sign(HttpRequestMessage request, byte[] body, string target, DateTimeOffset time)
    {
        const string ContentType = "application/x-amz-json-1.0";
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(ContentType);
        var uri = request.RequestUri!;
        var more = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = ContentType, ["X-Amz-Target"] = target };
        foreach (var (name, value) in Sign(uri.IsDefaultPort ? uri.Host : uri.Authority, body, more, time))
        {
            if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static byte[] Mac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
