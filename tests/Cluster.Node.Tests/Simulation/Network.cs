namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// The lines between clients, nodes and the store. Messages take time, overtake each other, are lost or come twice, and a line may be cut,
/// one way or both. The store is asked over connections: those lose nothing, and are as dead as their line.
/// </summary>
internal sealed class Network(Agenda agenda, Faults faults, SimulationRandom random)
{
    internal const int Store = -1;
    internal const int Clients = -2;

    private static readonly TimeSpan QuickTravel = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan SlowTravel = TimeSpan.FromSeconds(5);

    /// <summary>How many cuts lie on a line, by direction.</summary>
    private readonly Dictionary<(int From, int To), int> _cuts = [];

    internal bool IsCut(int from, int to) => _cuts.GetValueOrDefault((from, to)) > 0;

    /// <summary>Cuts a line for a time, or until the healing.</summary>
    internal void Cut(int from, int to, TimeSpan time)
    {
        _cuts[(from, to)] = _cuts.GetValueOrDefault((from, to)) + 1;
        agenda.In(time, () => _cuts[(from, to)] = Math.Max(0, _cuts.GetValueOrDefault((from, to)) - 1));
    }

    internal void Heal() => _cuts.Clear();

    /// <summary>Sends a message, which may be lost.</summary>
    internal void Send(int from, int to, Action arrive, FaultKind lost = FaultKind.MessageLost, FaultKind twice = FaultKind.MessageTwice)
    {
        if (IsCut(from, to))
        {
            faults.Count(FaultKind.MessageCutOff);
            return;
        }

        if (faults.Strikes(lost, lost == FaultKind.MessageLost ? 0.01 : 0.04))
            return;
        Deliver(from, to, arrive);
        if (faults.Strikes(twice, twice == FaultKind.MessageTwice ? 0.02 : 0.05))
            Deliver(from, to, arrive);
    }

    internal TimeSpan Travel() => random.Span(TimeSpan.Zero, QuickTravel);

    private void Deliver(int from, int to, Action arrive)
    {
        var delay = faults.Dice(FaultKind.MessageLate, 0.02) is { } dice ? dice.Span(QuickTravel, SlowTravel) : Travel();
        agenda.In(delay, () =>
        {
            if (IsCut(from, to))
                faults.Count(FaultKind.MessageCutOff);
            else
                arrive();
        });
    }
}
