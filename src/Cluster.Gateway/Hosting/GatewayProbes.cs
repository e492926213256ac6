using System.Buffers;

namespace Cluster.Gateway.Hosting;

/// <summary>What the process tells those who watch it; the Gateway only gives it an address.</summary>
public sealed record GatewayProbes
{
    /// <summary><c>/health/ready</c>: null when requests can be served, else the reason why not. Must answer at once.</summary>
    public Func<string?> Unready { get; init; } = () => null;

    /// <summary><c>/metrics</c>: writes the Prometheus text; null where there is none.</summary>
    public Func<IBufferWriter<byte>, CancellationToken, ValueTask>? Metrics { get; init; }
}
