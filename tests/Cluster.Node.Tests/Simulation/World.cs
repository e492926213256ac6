using System.Diagnostics.Metrics;
using Cluster.Node.Executions;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Sharding;
using Cluster.Node.Tests.Simulation.Nested;
using Cluster.Node.Tests.Simulation.Sabotages;
using Cluster.Node.Tests.Simulation.Workers;
using Cluster.Protocol.Identity;

namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// A world from one seed: virtual time, a store that survives, nodes that are killed, frozen, cut off and started again, functions and
/// clients. First everything may go wrong, then it is healed and all that is open must end.
/// </summary>
internal sealed class World
{
    /// <summary>How long things go wrong.</summary>
    internal static readonly TimeSpan FaultyTime = TimeSpan.FromSeconds(60);

    /// <summary>How long a lease lasts.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    /// <summary>How the nodes keep their leases; as in production, with shorter times.</summary>
    internal static readonly LeaseSettings Settings = new()
    {
        Lease = Lease,
        Margin = TimeSpan.FromSeconds(0.5),
        Renew = TimeSpan.FromMilliseconds(500),
        Absence = TimeSpan.FromSeconds(2),
        Settle = TimeSpan.FromSeconds(1),
        HandOffPatience = TimeSpan.FromSeconds(5),
    };

    /// <summary>How long all that is open may take to end after the healing: more than the longest machine waits and retries.</summary>
    private static readonly TimeSpan HealingTime = TimeSpan.FromMinutes(90);

    /// <summary>How long the world goes on after everything has ended: what comes late must change nothing.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(65);

    /// <summary>How far a node's wall clock may be off.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(3);

    /// <summary>The part by which a node's monotonic clock goes too fast or too slow: less than the margin is of the lease.</summary>
    private const double Drift = 0.08;

    private const int MostCrashes = 8;

    /// <summary>More steps than any sound world takes: it goes round in a circle.</summary>
    private const long MostSteps = 600_000;

    private const double CrashProbability = 1.0 / 1200;

    private readonly Meter _meter = new("simulation");
    private readonly TraceHash _trace;
    private readonly Workload _workload;
    private readonly HashSet<string> _doomed = new(StringComparer.Ordinal);
    private readonly WorldPlan _plan;
    private TimeSpan _stalledUntil;
    private int _crashes;
    private int _lives;

    internal World(WorldPlan plan)
    {
        _plan = plan;
        Random = new SimulationRandom(plan.Seed);
        Store = new InMemoryStore(schedule: null, new VirtualTime(Agenda, new NodeLife(0)));
        _trace = new TraceHash(Agenda) { Out = plan.TraceOut };
        Faults = new Faults(Random.Next(), Agenda, plan.Only);
        Network = new Network(Agenda, Faults, Random.Fork());
        _workload = new Workload(this, Random.Fork());
        Definitions = new SimulatedDefinitions(_workload.Machines);
        Invariants = new Invariants(this);
        Calls = new CallWatch(this);
        Answers = new AnswerWatch(this);
        Observers = new ObserverWatch(this);
        Nested = new NestedWatch(this);
        TaskTokens = new TokenWatch(this);
        PendingTasks = new PendingWatch(this);
        Workers = new WorkerPool(this, Random.Fork());
        Log = new RunLog(this);
        Register = new RegisterWatch(this);
        Metrics = new ExecutionMetrics(_meter);
        var clocks = Random.Fork();
        Slots = [.. Enumerable.Range(0, Shape.MostNodes).Select(i => NewSlot(i, clocks))];
    }

    internal WorldShape Shape => _plan.Shape;

    internal Sabotage Sabotage => _plan.Sabotage;

    internal Agenda Agenda { get; } = new();

    /// <summary>What the executions of all lives count.</summary>
    internal ExecutionMetrics Metrics { get; }

    internal InMemoryStore Store { get; }

    internal SimulationRandom Random { get; }

    /// <summary>Tokens, and what is said with them.</summary>
    internal TokenWatch TaskTokens { get; }

    internal PendingWatch PendingTasks { get; }

    internal WorkerPool Workers { get; }

    internal Faults Faults { get; }

    internal Network Network { get; }

    internal SimulatedDefinitions Definitions { get; }

    internal Invariants Invariants { get; }

    internal CallWatch Calls { get; }

    internal AnswerWatch Answers { get; }

    /// <summary>What executions tell observers.</summary>
    internal ObserverWatch Observers { get; }

    /// <summary>Executions that start executions.</summary>
    internal NestedWatch Nested { get; }

    internal RegisterWatch Register { get; }

    /// <summary>What clients and functions saw.</summary>
    internal RunLog Log { get; }

    internal IReadOnlyList<NodeSlot> Slots { get; }

    /// <summary>Executions of which something was committed that nobody has learned of.</summary>
    internal HashSet<ExecutionId> Untold { get; } = [];

    /// <summary>How long the store still stands still.</summary>
    internal TimeSpan StallTime => !Faults.Healed && _stalledUntil > Agenda.Elapsed ? _stalledUntil - Agenda.Elapsed : TimeSpan.Zero;

    /// <summary>The answer of a store that answers at once.</summary>
    internal static T Now<T>(ValueTask<T> answer) => answer.IsCompletedSuccessfully
        ? answer.Result
        : throw new InvalidOperationException("The simulated store answers at once.");

    internal int NextLife() => ++_lives;

    /// <summary>The wall clock of a life, in Unix milliseconds.</summary>
    internal long ClockOf(NodeLife life) => (Agenda.Now + Slots[life.Node].Skew).ToUnixTimeMilliseconds();

    /// <summary>The node that is named as the owner of a shard.</summary>
    internal NodeSlot? NodeAt(NotOwner answer) =>
        Slots.FirstOrDefault(slot => string.Equals(slot.Address, answer.Owner, StringComparison.Ordinal));

    internal void Stall(TimeSpan time) => _stalledUntil = Agenda.Elapsed + time;

    /// <summary>A step of the world.</summary>
    internal void Trace(string what, string who, string how = "") => _trace.Add(what, who, how);

    /// <summary>A step of a node or for one: it is traced, and the node may be killed in the middle of it.</summary>
    internal void Stepped(NodeLife life, string what, string who, string how = "")
    {
        _trace.Add(what, who, how);
        if (!life.IsAlive || _crashes >= MostCrashes || !Faults.Strikes(FaultKind.Crash, CrashProbability, Slots[life.Node].Address))
            return;
        _crashes++;
        Slots[life.Node].Crash();
    }

    /// <summary>Lets an execution's actor fail at its next message, which it gets.</summary>
    internal void Doom(ExecutionId id, NodeLife life)
    {
        if (Faults.Healed)
            return;
        Slots[life.Node].Enter(node =>
        {
            if (node.Life != life || Faults.Healed)
                return;
            _doomed.Add(id.ToString());
            node.Region.Tell(new ToEntity(id, Wake.Instance), sender: null);
        });
    }

    /// <summary>Whether an actor fails now.</summary>
    internal bool Fails(string actor)
    {
        if (!_doomed.Remove(actor))
            return Faults.Strikes(FaultKind.ActorFailure, 0.004);
        Faults.Count(FaultKind.ActorFailure);
        return true;
    }

    /// <summary>The store sees that the connections of a process have ended.</summary>
    internal void PresenceEnds(NodeLife life)
    {
        Trace("gone", $"{life.Number}");
        Store.Gone(life.Number);
    }

    internal SimulationResult Run()
    {
        // Whoever awaits an answer goes on where it is given, in the agenda's one thread.
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Live();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Invariants.Violated($"the world broke: {e}");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }

        Faults.Passed(Landmark.BranchDropped, Metrics.BranchesDropped);
        _meter.Dispose();
        return new SimulationResult(
            _plan,
            _trace.Value,
            _trace.Steps,
            Agenda.Elapsed,
            Invariants.Executions,
            [.. Faults.Counts],
            [.. Faults.Landmarks],
            [.. Invariants.Violations],
            [.. Faults.Struck],
            Invariants.Violations.Count > 0 ? [.. _trace.LastLines] : []);
    }

    /// <summary>The clocks of one node alone are the true ones.</summary>
    private NodeSlot NewSlot(int index, SimulationRandom clocks) => Shape.IsCluster
        ? new NodeSlot(this, index, clocks.Span(-MostSkew, MostSkew), clocks.Of(1 - Drift, 1, 1 + Drift), Random.Fork())
        : new NodeSlot(this, index, TimeSpan.Zero, rate: 1, Random.Fork());

    private void Live()
    {
        for (var i = 0; i < Shape.Nodes; i++)
            Slots[i].Boot();
        _workload.Plan();
        Workers.Plan(() => _workload.IsOver);
        new Chaos(this).Plan();
        while (!IsDecided && Agenda.Step(FaultyTime))
        {
        }

        Heal();
        var deadline = FaultyTime + HealingTime;
        while (!IsDecided && Agenda.Elapsed < deadline && !IsOver)
            Agenda.Step(Agenda.Elapsed + TimeSpan.FromSeconds(1));
        var end = Agenda.Elapsed + Aftermath;
        while (!IsDecided && Agenda.Step(end))
        {
        }

        if (IsCircling)
            Invariants.Violated($"{MostSteps} steps, and no end");
        else if (!IsDecided)
            Invariants.AtTheEnd(_workload);
    }

    private bool IsDecided => IsCircling || Agenda.Elapsed > _plan.EndsAfter || (_plan.EndsAtViolation && Invariants.Violations.Count > 0);

    private bool IsCircling => _trace.Steps > MostSteps;

    private bool IsOver => _workload.IsOver && Slots.All(slot => slot.Node is not null || !slot.IsPartOfCluster);

    private void Heal()
    {
        Faults.Healed = true;
        _doomed.Clear();
        Network.Heal();
        foreach (var slot in Slots)
        {
            if (slot.Node is { } node)
                slot.Thaw(node.Life);
        }
    }
}
