namespace Cluster.Node.Tests.Simulation;

/// <summary>A node of the world: a place in which one process lives after the other.</summary>
/// <param name="world">The world.</param>
/// <param name="index">Which node, from 0.</param>
/// <param name="skew">How far its wall clock goes ahead of the store's.</param>
/// <param name="rate">How many of its seconds its monotonic clock counts in a true one.</param>
/// <param name="random">Chance of its own.</param>
internal sealed class NodeSlot(World world, int index, TimeSpan skew, double rate, SimulationRandom random)
{
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestLeave = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StartingTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ThawingTime = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan ClosingTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPresence = TimeSpan.FromSeconds(12);

    private readonly HashSet<int> _leaving = [];
    private IReadOnlyList<int> _heldWhenFrozen = [];
    private TimeSpan _tenderUntil;
    private bool _isPlanned;

    internal int Index { get; } = index;

    internal string Address => $"node-{Index}:8080";

    /// <summary>How far its wall clock goes ahead of the store's.</summary>
    internal TimeSpan Skew { get; } = skew;

    /// <summary>How many of its seconds its monotonic clock counts in a true one.</summary>
    internal double Rate { get; } = rate;

    /// <summary>The process, while one lives.</summary>
    internal SimulatedNode? Node { get; private set; }

    /// <summary>Whether a process lives here or will soon.</summary>
    internal bool IsPartOfCluster => Node is not null || _isPlanned;

    /// <summary>Hands something to the process that lives here, if any.</summary>
    internal void Enter(Action<SimulatedNode> what)
    {
        if (Node is { } node)
            node.Life.Do(() => what(node));
    }

    internal void Boot()
    {
        _isPlanned = false;
        if (Node is not null)
            return;
        var life = new NodeLife(world.NextLife(), Index);
        world.Trace("boot", $"{Index} {life.Number}");
        Node = new SimulatedNode(world, life, this);
        if (life.Number > world.Shape.Nodes && world.Faults.Dice(FaultKind.CrashWhileStarting, 0.1, Address) is { } dice)
        {
            // Planned by the faults, and struck when it happens.
            world.Agenda.In(dice.Span(TimeSpan.Zero, StartingTime), () =>
            {
                if (life.IsAlive && !world.Faults.Healed)
                    Crash();
            });
        }
    }

    internal void BootIn(TimeSpan time)
    {
        if (IsPartOfCluster)
            return;
        _isPlanned = true;
        world.Agenda.In(time, Boot);
    }

    /// <summary>The process is killed, in the middle of whatever it does, and started again.</summary>
    internal void Crash()
    {
        if (Node is null)
            return;
        End("crash");
        BootIn(random.Span(TimeSpan.Zero, LongestOutage));
    }

    /// <summary>The process gives its shards away and ends; another one comes after a time.</summary>
    internal void Leave(SimulationRandom dice)
    {
        if (Node is not { } node || !_leaving.Add(node.Life.Number))
            return;
        world.Trace("leave", $"{Index} {node.Life.Number}");
        node.Leave(() => Left(node, "left", dice));
        world.Agenda.In(LongestLeave, () => Left(node, "killed", dice));
        if (world.Faults.Dice(FaultKind.CrashWhileLeaving, 0.3, Address) is { } crash)
            world.Agenda.In(crash.Span(TimeSpan.Zero, LongestOutage), () => Left(node, "crash", dice));
    }

    private void Left(SimulatedNode node, string how, SimulationRandom dice)
    {
        if (!node.Life.IsAlive)
            return;
        End(how);
        BootIn(dice.Span(TimeSpan.Zero, LongestAbsence));
    }

    /// <summary>The process ends.</summary>
    internal void End(string how)
    {
        if (Node is not { } node)
            return;
        world.Trace(how, $"{Index} {node.Life.Number}");
        world.Nested.Killed(node.Life);
        node.Life.End();
        Node = null;
        var stays = world.Faults.Dice(FaultKind.PresenceStays, 0.3, Address) is { } dice
            ? dice.Span(ClosingTime, LongestPresence)
            : random.Span(TimeSpan.Zero, ClosingTime);
        world.Agenda.In(stays, () => world.PresenceEnds(node.Life));
    }

    internal void Freeze(TimeSpan time)
    {
        if (Node is not { Life: { IsFrozen: false } life } || world.Agenda.Elapsed < _tenderUntil)
            return;
        world.Trace("freeze", $"{Index} {life.Number}");
        life.Freeze();
        _heldWhenFrozen = world.Register.Of(life);
        world.Agenda.In(time, () => Thaw(life));
    }

    /// <summary>
    /// The connection that keeps the process present breaks. A process that runs sees that before others take what it holds; one that is
    /// frozen in this very moment would not, so none is frozen then.
    /// </summary>
    internal void BreakConnection()
    {
        if (Node is not { Life.IsFrozen: false } node)
            return;
        world.Trace("break", $"{Index} {node.Life.Number}");
        _tenderUntil = world.Agenda.Elapsed + World.Settings.Absence + World.Settings.Renew;
        node.BreakConnection();
    }

    internal void Thaw(NodeLife life)
    {
        if (!life.IsAlive || !life.IsFrozen)
            return;
        world.Trace("thaw", $"{Index} {life.Number}");
        if (_heldWhenFrozen.Any(shard => world.Register.HolderOf(shard) != life.Number))
            world.Faults.Passed(Landmark.OwnerWoke);
        life.Thaw(held => world.Agenda.In(random.Span(TimeSpan.Zero, ThawingTime), held));
    }
}
