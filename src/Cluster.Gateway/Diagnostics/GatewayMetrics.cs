using System.Diagnostics.Metrics;

namespace Cluster.Gateway.Diagnostics;

/// <summary>The numbers of this room. The meter is named as the room, so that an exporter finds it.</summary>
public sealed class GatewayMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Cluster.Gateway";

    private const string Success = "OK";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _seconds;

    /// <summary>Makes the instruments.</summary>
    public GatewayMetrics()
    {
        _requests = _meter.CreateCounter<long>(
            "cluster.gateway.requests", "{request}", "Requests answered, by operation and error code (OK for none).");
        _seconds = _meter.CreateHistogram<double>(
            "cluster.gateway.request.duration", "s", "Time from the request's headers to the end of the answer, by operation.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Books an answer.</summary>
    /// <param name="operation">The operation's name, one of a closed set.</param>
    /// <param name="code">The error's code, or null for none.</param>
    /// <param name="elapsed">How long it took.</param>
    internal void Answered(string operation, string? code, TimeSpan elapsed)
    {
        var name = new KeyValuePair<string, object?>("operation", operation);
        _requests.Add(1, name, new KeyValuePair<string, object?>("code", code ?? Success));
        _seconds.Record(elapsed.TotalSeconds, name);
    }
}
