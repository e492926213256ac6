namespace Cluster.Node.Tests.Simulation;

/// <summary>
/// Decides what goes wrong, only until the healing begins, and counts it, and the landmarks that were passed.
/// </summary>
/// <remarks>
/// Whether a fault strikes is a function of the seed, its kind, the time, and how often that kind was asked for at about that time. So a
/// run without some of its faults still meets most of the others: that is what lets a failing run be made short.
/// </remarks>
/// <param name="seed">The seed.</param>
/// <param name="agenda">The time.</param>
/// <param name="only">Which may strike at all; null for any.</param>
internal sealed class Faults(ulong seed, Agenda agenda, IReadOnlySet<FaultMark>? only)
{
    private const int KindShift = 56;
    private const int SlotShift = 24;

    /// <summary>What happens within so much time is counted through.</summary>
    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(50);

    private readonly FaultMark[] _next = new FaultMark[Enum.GetValues<FaultKind>().Length];
    private readonly long[] _counts = new long[Enum.GetValues<FaultKind>().Length];
    private readonly long[] _landmarks = new long[Enum.GetValues<Landmark>().Length];
    private readonly List<StruckFault> _struck = [];

    /// <summary>No more faults from now on: what is open must end.</summary>
    internal bool Healed { get; set; }

    internal IReadOnlyList<long> Counts => _counts;

    internal IReadOnlyList<long> Landmarks => _landmarks;

    /// <summary>All that struck by decision, in order.</summary>
    internal IReadOnlyList<StruckFault> Struck => _struck;

    internal void Count(FaultKind kind) => _counts[(int)kind]++;

    internal void Passed(Landmark landmark, long times = 1) => _landmarks[(int)landmark] += times;

    /// <summary>Whether a fault happens now; counts it when it does.</summary>
    internal bool Strikes(FaultKind kind, double probability, string where = "") => Dice(kind, probability, where) is not null;

    /// <summary>Chance for the particulars of a fault that happens now, or null when it does not.</summary>
    internal SimulationRandom? Dice(FaultKind kind, double probability, string where = "")
    {
        if (Healed)
            return null;
        var mark = Next(kind);
        var dice = new SimulationRandom(seed ^ ((ulong)(kind + 1) << KindShift) ^ ((ulong)mark.Slot << SlotShift) ^ (ulong)mark.Asked);
        dice.Next();
        if (!dice.Chance(probability) || only?.Contains(mark) == false)
            return null;
        Count(kind);
        _struck.Add(new StruckFault(mark, agenda.Elapsed, where));
        return dice;
    }

    private FaultMark Next(FaultKind kind)
    {
        var slot = agenda.Elapsed.Ticks / Slot.Ticks;
        var next = _next[(int)kind];
        var mark = new FaultMark(kind, slot, next.Slot == slot ? next.Asked : 0);
        _next[(int)kind] = mark with { Asked = mark.Asked + 1 };
        return mark;
    }
}
