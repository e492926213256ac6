using System.Net;

namespace Cluster.Gateway.Authentication;

/// <summary>
/// Where may be listened. Without keys every caller is taken as he comes, so only those on this machine may come; with keys every
/// request must be signed, and any address may be listened on.
/// </summary>
internal static class ListenRule
{
    /// <summary>Why the address cannot be listened on, or null.</summary>
    public static string? Judge(string address, bool hasKeys)
    {
        if (!TryParse(address, out var endpoint))
            return $"Gateway: '{address}' is no address to listen on: http://HOST:PORT with an IP address or localhost is expected.";
        return hasKeys || IPAddress.IsLoopback(endpoint.Address)
            ? null
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
