using System.Diagnostics.Metrics;

namespace Cluster.Node.Journal;

/// <summary>What is told of the removal of what need not be kept, under the meter <see cref="MeterName"/>.</summary>
public sealed class RetentionMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Retention";

    private readonly Counter<long> _executions;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _weeks;
    private readonly Counter<long> _names;
    private readonly Counter<long> _definitions;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _rounds;

    /// <summary>Makes the counters on a meter.</summary>
    public RetentionMetrics(Meter meter)
    {
        _executions = meter.CreateCounter<long>("cluster_retention_executions", description: "Executions removed since their time was over.");
        _rows = meter.CreateCounter<long>("cluster_retention_rows", description: "Rows of journals removed one by one.");
        _weeks = meter.CreateCounter<long>("cluster_retention_partitions", description: "Partitions of the journal dropped.");
        _names = meter.CreateCounter<long>("cluster_retention_names", description: "Names freed whose execution was removed before.");
        _definitions = meter.CreateCounter<long>("cluster_retention_definitions", description: "Definitions removed that nobody referred to.");
        _failures = meter.CreateCounter<long>("cluster_retention_failures", description: "Rounds that did not come to their end.");
        _rounds = meter.CreateCounter<long>("cluster_retention_rounds", description: "Rounds that came to their end, in this process.");
    }

    /// <summary>The counters of this process.</summary>
    public static RetentionMetrics OfProcess { get; } = new(new Meter(MeterName));

    internal void Ended() => _rounds.Add(1);

    internal void Failed() => _failures.Add(1);

    internal void Removed(RetentionTally before, RetentionTally after)
    {
        _executions.Add(after.Executions - before.Executions);
        _rows.Add(after.Rows - before.Rows);
        _weeks.Add(after.Weeks - before.Weeks);
        _names.Add(after.Names - before.Names);
        _definitions.Add(after.Definitions - before.Definitions);
    }
}
