using System.Diagnostics.Metrics;
using Cluster.Node.Executions;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Sharding;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// A world from one seed: virtual time, a store that survives, one node that is killed and started again, functions and clients. First
/// everything may go wrong, then it is healed and all that is open must end.
/// </summary>
internal sealed class World
{
    /// <summary>How long things go wrong.</summary>
    internal static readonly TimeSpan FaultyTime = TimeSpan.FromSeconds(60);

    /// <summary>How long all that is open may take to end after the healing: more than the longest machine waits and retries.</summary>
    private static readonly TimeSpan HealingTime = TimeSpan.FromMinutes(30);

    /// <summary>How long the world goes on after everything has ended: what comes late must change nothing.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(65);

    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan StartingTime = TimeSpan.FromMilliseconds(10);

    private const int MostCrashes = 8;
    private const double CrashProbability = 1.0 / 1200;

    private readonly Meter _meter = new("simulation");
    private readonly TraceHash _trace;
    private readonly Workload _workload;
    private readonly SimulationRandom _crashes;
    private readonly HashSet<string> _doomed = new(StringComparer.Ordinal);
    private int _crashCount;
    private int _lives;

    internal World(ulong seed, TextWriter? traceOut = null)
    {
        Random = new SimulationRandom(seed);
        _trace = new TraceHash(Agenda) { Out = traceOut };
        Faults = new Faults(Random.Fork());
        _crashes = Random.Fork();
        _workload = new Workload(this, Random.Fork());
        Definitions = new SimulatedDefinitions(_workload.Machines);
        Invariants = new Invariants(this);
        Metrics = new ExecutionMetrics(_meter);
    }

    internal Agenda Agenda { get; } = new();

    /// <summary>What the executions of all lives count.</summary>
    internal ExecutionMetrics Metrics { get; }

    internal InMemoryStore Store { get; } = new();

    internal SimulationRandom Random { get; }

    internal Faults Faults { get; }

    internal SimulatedDefinitions Definitions { get; }

    internal Invariants Invariants { get; }

    /// <summary>The node, while one lives.</summary>
    internal SimulatedNode? Node { get; private set; }

    /// <summary>The answer of a store that answers at once.</summary>
    internal static T Now<T>(ValueTask<T> answer) => answer.IsCompletedSuccessfully
        ? answer.Result
        : throw new InvalidOperationException("The simulated store answers at once.");

    /// <summary>A step of the node or of its world: it is traced, and the node may be killed in the middle of it.</summary>
    internal void Stepped(string what, string who, string how = "")
    {
        _trace.Add(what, who, how);
        if (Node is not null && !Faults.Healed && _crashCount < MostCrashes && _crashes.Chance(CrashProbability))
            Crash(FaultKind.Crash);
    }

    /// <summary>Lets an execution's actor fail at its next message, which it gets.</summary>
    internal void Doom(ExecutionId id, NodeLife life)
    {
        if (!life.IsAlive || Faults.Healed)
            return;
        _doomed.Add(id.ToString());
        Node!.Region.Tell(new ToEntity(id, Wake.Instance), sender: null);
    }

    /// <summary>Whether an actor fails now.</summary>
    internal bool Fails(string actor)
    {
        if (!_doomed.Remove(actor))
            return Faults.Strikes(FaultKind.ActorFailure, 0.004);
        Faults.Count(FaultKind.ActorFailure);
        return true;
    }

    internal SimulationResult Run(ulong seed)
    {
        Boot();
        _workload.Plan();
        while (Agenda.Step(FaultyTime))
        {
        }

        Faults.Healed = true;
        var deadline = FaultyTime + HealingTime;
        while (Agenda.Elapsed < deadline && !_workload.IsOver)
            Agenda.Step(Agenda.Elapsed + TimeSpan.FromSeconds(1));
        var end = Agenda.Elapsed + Aftermath;
        while (Agenda.Step(end))
        {
        }

        Invariants.AtTheEnd(_workload, Node!);
        Faults.Passed(Landmark.BranchDropped, Metrics.BranchesDropped);
        _meter.Dispose();
        return new SimulationResult(
            seed,
            _trace.Value,
            _trace.Steps,
            Agenda.Elapsed,
            Invariants.Executions,
            [.. Faults.Counts],
            [.. Faults.Landmarks],
            [.. Invariants.Violations],
            Invariants.Violations.Count > 0 ? [.. _trace.LastLines] : []);
    }

    private void Boot()
    {
        var epochs = Now(Store.AcquireShardsAsync(CancellationToken.None));
        var life = new NodeLife(++_lives);
        _trace.Add("boot", $"{life.Number}");
        Faults.Passed(Landmark.RestartedInFanOut, life.Number > 1 ? Invariants.FanOuts : 0);
        Node = new SimulatedNode(this, life, epochs);
        if (life.Number > 1 && _crashes.Chance(0.2) && !Faults.Healed)
        {
            Agenda.In(_crashes.Span(TimeSpan.Zero, StartingTime), () =>
            {
                if (life.IsAlive && !Faults.Healed)
                    Crash(FaultKind.CrashWhileStarting);
            });
        }
    }

    private void Crash(FaultKind kind)
    {
        Faults.Count(kind);
        _crashCount++;
        _trace.Add("crash", $"{Node!.Life.Number}");
        Node.Life.End();
        Node = null;
        Agenda.In(_crashes.Span(TimeSpan.Zero, LongestOutage), Boot);
    }
}
