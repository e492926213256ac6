namespace Cluster.Node.Tests.Simulation;

/// <summary>What goes wrong with whole nodes and lines, and who comes and goes.</summary>
internal sealed class Chaos(World world)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortCut = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LongCut = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan LongStall = TimeSpan.FromSeconds(2.5);

    internal void Plan() => world.Agenda.In(Tick, () =>
    {
        if (world.Faults.Healed)
            return;
        foreach (var slot in world.Slots)
            Strike(slot);
        if (world.Faults.Dice(FaultKind.StoreStalled, 0.004) is { } stall)
            world.Stall(stall.Span(ShortCut, LongStall));
        if (world.Shape.IsCluster && world.Faults.Strikes(FaultKind.StoreRestarted, world.Sabotage.StoreRestarts))
        {
            // One that is frozen then can say of itself neither that it lives nor that it does not: its lease must be trusted.
            if (world.Faults.Dice(FaultKind.FrozenWhenStoreRestarted, 0.5) is { } dice)
                world.Slots[dice.Below(world.Slots.Count)].Freeze(dice.Span(ShortCut, World.Lease));
            world.Store.Restart();
            foreach (var slot in world.Slots)
                slot.Node?.StoreRestarted();
        }

        if (world.Faults.Strikes(FaultKind.BlackOut, 0.0008))
        {
            foreach (var slot in world.Slots)
                slot.Crash();
        }

        Plan();
    });

    private void Strike(NodeSlot slot)
    {
        if (slot.Node is null)
        {
            if (!slot.IsPartOfCluster && world.Faults.Strikes(FaultKind.Join, 0.01, slot.Address))
                slot.BootIn(Tick);
            return;
        }

        if (world.Shape.IsCluster && world.Faults.Strikes(FaultKind.ConnectionBroken, 0.004, slot.Address))
            slot.BreakConnection();
        Pause(slot);
        Cut(slot);
        if (world.Slots.Count(other => other.Node is not null) > 1 && world.Faults.Dice(FaultKind.Leave, 0.002, slot.Address) is { } leave)
            slot.Leave(leave);
    }

    private void Pause(NodeSlot slot)
    {
        var lease = World.Lease;
        if (world.Faults.Dice(FaultKind.ShortPause, 0.004, slot.Address) is { } brief)
            slot.Freeze(brief.Span(ShortCut, lease * 0.8));
        if (world.Faults.Dice(FaultKind.LongPause, world.Sabotage.LongPauses, slot.Address) is { } lengthy)
            slot.Freeze(lengthy.Span(lease, lease * 3));
    }

    private void Cut(NodeSlot slot)
    {
        if (world.Faults.Dice(FaultKind.StoreCut, 0.002, slot.Address) is { } both)
            CutBoth(slot.Index, Network.Store, both);
        if (world.Faults.Dice(FaultKind.StoreCutThere, 0.002, slot.Address) is { } there)
            world.Network.Cut(slot.Index, Network.Store, there.Span(ShortCut, LongCut));
        if (world.Faults.Dice(FaultKind.StoreCutBack, 0.002, slot.Address) is { } back)
            world.Network.Cut(Network.Store, slot.Index, back.Span(ShortCut, LongCut));
        if (world.Faults.Dice(FaultKind.ClientsCut, 0.002, slot.Address) is { } clients)
            CutBoth(slot.Index, Network.Clients, clients);
        if (world.Slots.Count == 1)
            return;
        if (world.Faults.Dice(FaultKind.NodesCut, 0.003, slot.Address) is { } nodes)
            CutBoth(slot.Index, Other(slot, nodes), nodes);
        if (world.Faults.Dice(FaultKind.NodesCutOneWay, 0.003, slot.Address) is { } oneWay)
            world.Network.Cut(slot.Index, Other(slot, oneWay), oneWay.Span(ShortCut, LongCut));
    }

    private void CutBoth(int one, int other, SimulationRandom dice)
    {
        var time = dice.Span(ShortCut, LongCut);
        world.Network.Cut(one, other, time);
        world.Network.Cut(other, one, time);
    }

    private int Other(NodeSlot slot, SimulationRandom dice) => (slot.Index + 1 + dice.Below(world.Slots.Count - 1)) % world.Slots.Count;
}
