using System.Diagnostics.Metrics;
using Cluster.Asl.Interpreter;

namespace Cluster.Node.Executions;

/// <summary>What executions count.</summary>
public sealed class ExecutionMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cluster.Executions";

    /// <summary>The words for <see cref="ParkReason"/>, in its order. Before <see cref="OfProcess"/>, which needs them.</summary>
    private static readonly string[] ParkWords = ["quarantined", "damaged", "needs_newer_node"];

    /// <summary>The counters of this process.</summary>
    public static readonly ExecutionMetrics OfProcess = new(new Meter(MeterName));

    private readonly Counter<long> _started;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _appends;
    private readonly Counter<long> _events;
    private readonly Counter<long> _commitUnknown;
    private readonly Counter<long> _rebuilt;
    private readonly Counter<long> _passivated;
    private readonly Counter<long> _restored;
    private readonly Counter<long> _taskAttempts;
    private readonly Counter<long> _outcomeUnknown;
    private readonly Counter<long> _branchesDropped;
    private readonly long[] _parked = new long[ParkWords.Length];
    private readonly Counter<long> _callsHeld;
    private readonly Counter<long> _fenced;
    private long _dropped;
    private long _live;

    /// <summary>Makes the counters on a meter.</summary>
    public ExecutionMetrics(Meter meter)
    {
        _started = meter.CreateCounter<long>("cluster_executions_started", description: "Executions started.");
        _refused = meter.CreateCounter<long>(
            "cluster_executions_refused", description: "Starts refused because the store took nothing then: it was full, gone or had too much to do.");
        _ended = meter.CreateCounter<long>("cluster_executions_ended", description: "Executions ended, by status.");
        _appends = meter.CreateCounter<long>("cluster_appends", description: "Appends committed.");
        _events = meter.CreateCounter<long>("cluster_events", description: "Events committed.");
        _commitUnknown = meter.CreateCounter<long>("cluster_commit_unknown", description: "Appends whose outcome is unknown.");
        _rebuilt = meter.CreateCounter<long>("cluster_executions_rebuilt", description: "Executions rebuilt after a lost append.");
        _passivated = meter.CreateCounter<long>("cluster_executions_passivated", description: "Executions put to sleep.");
        _restored = meter.CreateCounter<long>("cluster_executions_restored", description: "Executions read back from the journal.");
        _taskAttempts = meter.CreateCounter<long>("cluster_task_attempts", description: "Calls started.");
        _outcomeUnknown = meter.CreateCounter<long>("cluster_task_outcome_unknown", description: "Calls whose outcome is unknown.");
        _callsHeld = meter.CreateCounter<long>(
            "cluster_task_held", description: "Calls that had to wait because the node's lease had lapsed.");
        _fenced = meter.CreateCounter<long>(
            "cluster_appends_fenced", description: "Appends that were refused because another node holds the shard.");
        _branchesDropped = meter.CreateCounter<long>(
            "cluster_branch_reports_dropped", description: "What branches had decided when their scope had gone on or was gone.");
        meter.CreateObservableGauge(
            "cluster_executions_parked",
            () => ParkWords.Select((reason, i) =>
                new Measurement<long>(Interlocked.Read(ref _parked[i]), new KeyValuePair<string, object?>("reason", reason))),
            description: "Executions that this process has found and does not run, by reason.");
        meter.CreateObservableGauge(
            "cluster_executions_live", () => Interlocked.Read(ref _live), description: "Executions in memory.");
    }

    /// <summary>Executions in memory.</summary>
    public long Live => Interlocked.Read(ref _live);

    /// <summary>What branches had decided when their scope had gone on or was gone.</summary>
    public long BranchesDropped => Interlocked.Read(ref _dropped);

    internal void BranchDropped()
    {
        _branchesDropped.Add(1);
        Interlocked.Increment(ref _dropped);
    }

    internal void CallHeld() => _callsHeld.Add(1);

    internal void Fenced() => _fenced.Add(1);

    internal void Parked(ParkReason reason, int change) => Interlocked.Add(ref _parked[(int)reason], change);

    internal void Lived(int change) => Interlocked.Add(ref _live, change);

    internal void Started() => _started.Add(1);

    internal void StartRefused() => _refused.Add(1);

    internal void Ended(ExecutionState state) => _ended.Add(1, new KeyValuePair<string, object?>("status", state.ToString()));

    internal void Appended(int events)
    {
        _appends.Add(1);
        _events.Add(events);
    }

    internal void CommitUnknown() => _commitUnknown.Add(1);

    internal void Rebuilt() => _rebuilt.Add(1);

    internal void Passivated() => _passivated.Add(1);

    internal void Restored() => _restored.Add(1);

    internal void TaskStarted() => _taskAttempts.Add(1);

    internal void OutcomeUnknown() => _outcomeUnknown.Add(1);
}
