using System.Net;
using Cluster.Protocol.Errors;
using Microsoft.AspNetCore.Http;

namespace Cluster.Gateway.Authentication;

/// <summary>
/// Loopback keeps other machines out, not the web pages that somebody on this machine visits: a page whose name was made to
/// resolve to 127.0.0.1 could send requests. Browsers name the page in <c>Origin</c>, AWS clients never send it; only pages of
/// this machine are let in.
/// </summary>
internal static class BrowserRule
{
    private const int ForbiddenStatus = 403;

    /// <summary>The error for a request from a page of another machine, or null.</summary>
    public static AwsError? Judge(IHeaderDictionary headers)
    {
        var origin = headers.Origin;
        return origin.Count == 0 || (origin.Count == 1 && IsLocal(origin[0]))
            ? null
            : new AwsError("AccessDeniedException", "Requests from web pages of other origins are refused.", ForbiddenStatus);
    }

    private static bool IsLocal(string? origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address)));
}
