using System.Buffers;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Cluster.Node.Diagnostics;

/// <summary>The instruments of this process as one Prometheus page.</summary>
public sealed class MetricsPage : IDisposable
{
    /// <summary>The edges of histograms of seconds: from half a millisecond to half a minute.</summary>
    private static readonly double[] SecondsBuckets =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly PrometheusExporter _exporter = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private readonly Lock _lock = new();

    /// <summary>Listens to the product's meters and the runtime's.</summary>
    public MetricsPage()
    {
        _reader = new BaseExportingMetricReader(_exporter);
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter("Cluster.*", "System.Runtime")
            .AddView(static instrument => string.Equals(instrument.Unit, "s", StringComparison.Ordinal)
                ? new ExplicitBucketHistogramConfiguration { Boundaries = SecondsBuckets }
                : null)
            .AddReader(_reader).Build();
    }

    /// <summary>Writes the page.</summary>
    public ValueTask WriteAsync(IBufferWriter<byte> destination, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _reader.Collect();
            Encoding.UTF8.GetBytes(_exporter.Text, destination);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _exporter.Dispose();
    }
}
