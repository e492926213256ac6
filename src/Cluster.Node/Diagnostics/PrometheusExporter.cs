using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Cluster.Node.Diagnostics;

/// <summary>Writes the process's instruments as Prometheus text, when asked.</summary>
public sealed class PrometheusExporter : BaseExporter<Metric>
{
    private readonly StringBuilder _text = new();

    /// <summary>The text of the last collection.</summary>
    public string Text { get; private set; } = "";

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        foreach (var metric in batch)
            Write(metric);
        Text = _text.ToString();
        return ExportResult.Success;
    }

    private void Write(Metric metric)
    {
        var name = NameOf(metric);
        var isHistogram = metric.MetricType == MetricType.Histogram;
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        _text.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.Replace('\n', ' ')).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(isHistogram ? " histogram" : isCounter ? " counter" : " gauge").Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (isHistogram)
                WriteHistogram(name, point);
            else
                Line(name, LabelsOf(point), ValueOf(metric, point));
        }
    }

    private void WriteHistogram(string name, in MetricPoint point)
    {
        var labels = LabelsOf(point);
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var edge = double.IsPositiveInfinity(bucket.ExplicitBound)
                ? "+Inf"
                : bucket.ExplicitBound.ToString("R", CultureInfo.InvariantCulture);
            Line(name + "_bucket", labels.Length == 0 ? $"le=\"{edge}\"" : $"{labels},le=\"{edge}\"", below);
        }

        Line(name + "_sum", labels, point.GetHistogramSum());
        Line(name + "_count", labels, point.GetHistogramCount());
    }

    private void Line(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
            _text.Append('{').Append(labels).Append('}');
        _text.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    /// <summary>Prometheus's spelling: underscores, the unit, and _total behind counters.</summary>
    private static string NameOf(Metric metric)
    {
        var name = metric.Name.Replace('.', '_');
        if (string.Equals(metric.Unit, "s", StringComparison.Ordinal) && !name.EndsWith("_seconds", StringComparison.Ordinal))
            name += "_seconds";
        return metric.MetricType is MetricType.LongSum or MetricType.DoubleSum && !name.EndsWith("_total", StringComparison.Ordinal)
            ? name + "_total"
            : name;
    }

    private static double ValueOf(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => throw new InvalidOperationException($"No Prometheus form for {metric.MetricType}."),
    };

    private static string LabelsOf(in MetricPoint point)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in point.Tags)
        {
            if (labels.Length > 0)
                labels.Append(',');
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Append(key.Replace('.', '_')).Append("=\"")
                .Append(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                    .Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }

        return labels.ToString();
    }
}
