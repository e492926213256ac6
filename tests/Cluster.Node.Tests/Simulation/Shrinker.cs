using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Cluster.Node.Tests.Simulation;

/// <summary>Shortens the list of faults of a seed that is violated: leaves out what the same violation does not need.</summary>
internal sealed partial class Shrinker
{
    /// <summary>How many runs it may take.</summary>
    internal const int MostRuns = 150;

    /// <summary>How long it may take.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(120);

    /// <summary>With fewer faults the violation may come so much later; a run without it need not go on for longer.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly string _sought;
    private SimulationResult _best;
    private TimeSpan? _endsAfter;

    private Shrinker(SimulationResult violated)
    {
        _best = violated;
        _sought = Kind(violated.Violations[0]);
    }

    /// <summary>Runs so far.</summary>
    private int Runs { get; set; }

    /// <summary>The shortest run that was found with the same violation; it may be the one that was given.</summary>
    internal static SimulationResult Shorten(SimulationResult violated)
    {
        var shrinker = new Shrinker(violated);
        if (shrinker.Holds(Marks(violated)))
        {
            shrinker._endsAfter = shrinker._best.Elapsed + Slack;
            shrinker.WithoutKinds();
            shrinker.WithoutParts();
        }

        return shrinker._best;
    }

    /// <summary>The list for people, and how to see it.</summary>
    internal static string Describe(SimulationResult result) =>
        $"{result.Struck.Count} faults are enough for: {result.Violations[0]}\n  {string.Join("\n  ", result.Struck)}\nsee it with: {result.Repeat}";

    /// <summary>Whole kinds first: most of them have nothing to do with it.</summary>
    private void WithoutKinds()
    {
        foreach (var kind in Marks(_best).Select(mark => mark.Kind).Distinct().Order().ToList())
            Holds([.. Marks(_best).Where(mark => mark.Kind != kind)]);
    }

    /// <summary>Then parts, ever smaller, each tried once from the first to the last; single ones until none can be left out.</summary>
    private void WithoutParts()
    {
        var size = Math.Max(_best.Struck.Count / 2, 1);
        while (!IsOver)
        {
            var isShorter = false;
            for (var first = 0; first < _best.Struck.Count;)
            {
                var marks = Marks(_best);
                if (Holds([.. marks.Take(first), .. marks.Skip(first + size)]))
                    isShorter = true;
                else
                    first += size;
            }

            if (size == 1 && !isShorter)
                return;
            size = Math.Max(size / 2, 1);
        }
    }

    private bool IsOver => Runs >= MostRuns || Stopwatch.GetElapsedTime(_began) > MostTime;

    /// <summary>Whether the violation comes with these faults alone; then they are the best.</summary>
    private bool Holds(IReadOnlyList<FaultMark> marks)
    {
        if (IsOver)
            return false;
        Runs++;
        var result = SimulationResult.Of(_best.Plan with { Only = marks.ToHashSet(), EndsAtViolation = true, EndsAfter = _endsAfter });
        if (result.Violations.Count == 0 || !string.Equals(Kind(result.Violations[0]), _sought, StringComparison.Ordinal))
            return false;
        _best = result;
        return true;
    }

    private static List<FaultMark> Marks(SimulationResult result) => [.. result.Struck.Select(struck => struck.Mark)];

    /// <summary>What a violation says, without who and when.</summary>
    private static string Kind(string violation) => Particulars().Replace(violation.Split('\n')[0], "");

    [GeneratedRegex("[0-9a-f]{32}|[-/.0-9]+")]
    private static partial Regex Particulars();
}
