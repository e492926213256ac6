using Cluster.Gateway.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cluster.Gateway.Hosting;

/// <summary>Sets Kestrel up. The Gateway binds its own addresses, so that no address is listened on that was not judged.</summary>
public static class GatewayKestrel
{
    /// <summary>Applies limits and addresses; the options must have been validated.</summary>
    /// <exception cref="InvalidOperationException">The options are not valid.</exception>
    public static void Configure(KestrelServerOptions kestrel, GatewayOptions options)
    {
        if (options.Validate() is { Count: > 0 } wrong)
            throw new InvalidOperationException(string.Join(Environment.NewLine, wrong));
        kestrel.AddServerHeader = false;
        var rate = new MinDataRate(options.MinBytesPerSecond, options.SlowGrace);
        var limits = kestrel.Limits;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
        limits.MaxRequestHeaderCount = options.MaxHeaders;
        limits.MaxRequestLineSize = options.MaxRequestLineBytes;
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.KeepAliveTimeout = options.KeepAliveTimeout;
        limits.MinRequestBodyDataRate = rate;
        limits.MinResponseDataRate = rate;

        // The Gateway judges the length itself, in AWS's words; this only bounds what is drained of a refused body.
        limits.MaxRequestBodySize = options.MaxBodyBytes + 1L;
        foreach (var address in options.Listen)
        {
            if (ListenRule.TryParse(address, out var endpoint))
                kestrel.Listen(endpoint, listen => listen.Protocols = HttpProtocols.Http1);
        }
    }
}
