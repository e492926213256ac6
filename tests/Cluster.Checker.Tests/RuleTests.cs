using Xunit;

namespace Cluster.Checker.Tests;

/// <summary>The rules, judged themselves: each planted error is found by the invariant that it breaks, what only nearly breaks one passes.</summary>
[Trait("Suite", "Checker")]
public sealed class RuleTests(ITestOutputHelper output)
{
    private const int Least = 30;

    private static readonly IReadOnlyList<Planted> Bad = [.. BadHistories.All, .. BadRuns.All];

    public static TheoryData<string, string> BadNames => [.. Bad.Select(bad => (bad.Invariant, bad.What))];

    public static TheoryData<string> GoodNames => [.. NearMisses.All.Select(good => good.What)];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void A_bad_history_is_found_by_the_invariant_that_it_breaks(string invariant, string what)
    {
        var planted = Bad.Single(bad => bad.What == what);
        var scenario = planted.Of?.Invoke() ?? new Scenario();
        planted.Spoil(scenario);
        Assert.Contains(invariant, scenario.Check().Select(breach => breach.Invariant));
    }

    [Theory]
    [MemberData(nameof(GoodNames))]
    public void A_near_miss_passes(string what)
    {
        var miss = NearMisses.All.Single(good => good.What == what);
        var scenario = miss.Of?.Invoke() ?? new Scenario();
        miss.Change(scenario);
        Assert.Empty(scenario.Check());
    }

    [Fact]
    public void There_are_thirty_of_each_and_two_at_least_for_each_invariant()
    {
        output.WriteLine($"{Bad.Count} bad histories, {NearMisses.All.Count} near misses");
        Assert.True(Bad.Count >= Least && NearMisses.All.Count >= Least);
        foreach (var invariant in new Scenario().Build() is var dump ? Rules.AllRules.Check(dump).Counts : [])
            Assert.True(Bad.Count(bad => bad.Invariant == invariant.Invariant) >= 2, invariant.Invariant);
    }
}
