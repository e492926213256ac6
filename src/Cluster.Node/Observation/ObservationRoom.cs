using Cluster.Node.Executions.Encoding;
using Microsoft.Extensions.Logging;

namespace Cluster.Node.Observation;

/// <summary>What all observers of executions share.</summary>
public sealed record ObservationRoom
{
    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Where failures are told.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Events to bytes and back.</summary>
    public EventCodec Codec { get; init; } = new(new IdentityPayloadCodec());

    /// <summary>What is counted.</summary>
    public ObservationMetrics Metrics { get; init; } = ObservationMetrics.OfProcess;

    /// <summary>How long what waits to be written may take when the process ends.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);
}
