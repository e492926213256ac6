using System.Net;

namespace Cluster.Gateway.Authentication;

/// <summary>
/// Who may be listened to. Signatures are not verified yet, so the only callers that can be trusted are those on this machine:
/// any other address is refused, with keys as well as without. Where verification cannot be real, it must not seem to be there.
/// </summary>
internal static class ListenRule
{
    /// <summary>Why the address cannot be listened on, or null.</summary>
    public static string? Judge(string address, bool hasKeys)
    {
        if (!TryParse(address, out var endpoint))
            return $"Gateway: '{address}' is no address to listen on: http://HOST:PORT with an IP address or localhost is expected.";
        if (IPAddress.IsLoopback(endpoint.Address))
            return null;
        return hasKeys
            ? $"Gateway: '{address}' is not a loopback address, and this version does not verify signatures yet, so keys would protect "
                + "nothing. Listen on 127.0.0.1 and put a proxy that authenticates callers in front."
            : $"Gateway: '{address}' is not a loopback address, and no keys are configured: anyone who reaches it could run workflows. "
                + "Listen on 127.0.0.1, or configure keys.";
    }

    /// <summary>Reads <c>http://HOST:PORT</c>; <c>localhost</c> is 127.0.0.1.</summary>
    public static bool TryParse(string address, out IPEndPoint endpoint)
    {
        endpoint = new IPEndPoint(IPAddress.None, 0);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)
            || !string.Equals(uri.PathAndQuery, "/", StringComparison.Ordinal))
            return false;
        IPAddress? host;
        if (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase))
            host = IPAddress.Loopback;
        else if (!IPAddress.TryParse(uri.Host, out host))
            return false;
        endpoint = new IPEndPoint(host, uri.Port);
        return true;
    }
}
