using Xunit;

namespace Cluster.Checker.Tests;

/// <summary>Small changes to good runs, one by one: what is changed is found, whatever it is.</summary>
[Trait("Suite", "Checker")]
public sealed class MutantTests(ITestOutputHelper output)
{
    /// <summary>What only the outside knows, and what may as well be otherwise.</summary>
    private static readonly string[] MayBeOtherwise =
    [
        "TaskFailed with another cause", "TaskFailed with another error", "TaskSucceeded with another payload", "TaskScheduled with another payload",
        "ExecutionAborted with another error", "ExecutionAborted with another cause", "ExecutionFailed with another cause",
        "StateFailed with another kind", "StateFailed with another cause", "MapIterationFailed after StateAborted", "MapIterationAborted after StateAborted",
    ];

    [Fact]
    public void Every_small_change_to_a_good_run_is_found()
    {
        var (made, unseen) = (0, new List<(string Run, string What)>());
        foreach (var name in Scenario.GoldenNames.Prepend(""))
        {
            foreach (var (what, changed) in Mutants.Of(() => name.Length == 0 ? new Scenario() : Scenario.Golden(name)))
            {
                made++;
                if (changed.Check().Count == 0)
                    unseen.Add((name, string.Join(' ', what.Split(' ').Where(word => !word.All(char.IsAsciiDigit)))));
            }
        }

        output.WriteLine($"{made} changes, {unseen.Count} not seen");
        foreach (var one in unseen)
            output.WriteLine($"{one.Run}: {one.What}");
        Assert.DoesNotContain(unseen, one => !MayBeOtherwise.Contains(one.What, StringComparer.Ordinal));
    }
}
