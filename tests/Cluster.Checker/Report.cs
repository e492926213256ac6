using System.Globalization;
using System.Text;
using Cluster.Checker.Rules;

namespace Cluster.Checker;

/// <summary>How much a rule had to judge.</summary>
/// <param name="Invariant">Which, as I7.</param>
/// <param name="Judged">How many things it judged; 0 where the dump has nothing for it.</param>
/// <param name="Of">What it judges: starts, events, rows …</param>
/// <param name="Broken">How many breaches it found.</param>
public sealed record RuleCount(string Invariant, long Judged, string Of, long Broken);

/// <summary>What all rules say of a dump.</summary>
/// <param name="Breaches">What is broken; empty for a clean dump.</param>
/// <param name="Counts">What each rule had to judge, in their order.</param>
public sealed record Report(IReadOnlyList<Breach> Breaches, IReadOnlyList<RuleCount> Counts)
{
    /// <summary>How many breaches are printed.</summary>
    private const int MostPrinted = 200;

    public bool IsClean => Breaches.Count == 0;

    /// <summary>Invariants that had nothing to judge.</summary>
    public IReadOnlyList<string> Idle => [.. Counts.GroupBy(count => count.Invariant).Where(counts => counts.All(count => count.Judged == 0)).Select(counts => counts.Key)];

    /// <summary>The first breaches, then a line for the counts.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var breach in Breaches.Take(MostPrinted))
            text.AppendLine(breach.ToString());
        var counts = Counts.Select(count => count.Judged == 0
            ? $"{count.Invariant} n/a (no {count.Of})"
            : string.Create(CultureInfo.InvariantCulture, $"{count.Invariant} {count.Judged} {count.Of}"));
        return text.Append(CultureInfo.InvariantCulture, $"judged: {string.Join(", ", counts)}; {Breaches.Count} breaches").ToString();
    }
}
