namespace Cluster.Node.Tests.Simulation;

/// <summary>One decision of a world to let something go wrong: the n-th time that this kind was asked for.</summary>
internal readonly record struct FaultMark(FaultKind Kind, long Asked)
{
    public override string ToString() => $"{Kind}#{Asked}";
}

/// <summary>A fault that struck.</summary>
/// <param name="Mark">Which.</param>
/// <param name="At">When.</param>
/// <param name="Where">On which node, or nothing.</param>
internal readonly record struct StruckFault(FaultMark Mark, TimeSpan At, string Where)
{
    public override string ToString() => $"{At.TotalSeconds,8:F3} s  {Mark} {Where}";
}

/// <summary>
/// Decides what goes wrong, only until the healing begins, and counts it, and the landmarks that were passed.
/// </summary>
/// <remarks>
/// Whether a fault strikes is a function of the seed, its kind and how often that kind was asked for, so that a run without some of its
/// faults still meets most of the others: that is what makes a failing run short.
/// </remarks>
/// <param name="seed">The seed.</param>
/// <param name="agenda">The time.</param>
/// <param name="suppressed">Faults that are not to strike.</param>
internal sealed class Faults(ulong seed, Agenda agenda, IReadOnlySet<FaultMark> suppressed)
{
    private const int KindShift = 48;

    private readonly long[] _asked = new long[Enum.GetValues<FaultKind>().Length];
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
        var mark = new FaultMark(kind, _asked[(int)kind]++);
        var dice = new SimulationRandom(new SimulationRandom(seed ^ ((ulong)(kind + 1) << KindShift)).Next() ^ (ulong)mark.Asked);
        if (!dice.Chance(probability) || suppressed.Contains(mark))
            return null;
        Count(kind);
        _struck.Add(new StruckFault(mark, agenda.Elapsed, where));
        return dice;
    }
}
