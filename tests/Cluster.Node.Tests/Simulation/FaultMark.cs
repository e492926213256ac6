using System.Globalization;

namespace Cluster.Node.Tests.Simulation;

/// <summary>One decision of a world to let something go wrong.</summary>
/// <param name="Kind">What.</param>
/// <param name="Slot">When, in slots of time.</param>
/// <param name="Asked">How often it had been asked for in this slot.</param>
internal readonly record struct FaultMark(FaultKind Kind, long Slot, long Asked)
{
    internal static FaultMark Parse(string text)
    {
        var parts = text.Split('@', '.');
        return new FaultMark(
            Enum.Parse<FaultKind>(parts[0]), long.Parse(parts[1], CultureInfo.InvariantCulture), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public override string ToString() => $"{Kind}@{Slot}.{Asked}";
}

/// <summary>A fault that struck.</summary>
/// <param name="Mark">Which.</param>
/// <param name="At">When.</param>
/// <param name="Where">On which node, or nothing.</param>
internal readonly record struct StruckFault(FaultMark Mark, TimeSpan At, string Where)
{
    public override string ToString() => $"{At.TotalSeconds,8:F3} s  {Mark} {Where}";
}
