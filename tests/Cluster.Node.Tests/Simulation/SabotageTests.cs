using System.Collections.Concurrent;
using System.Diagnostics;
using Cluster.Node.Tests.Simulation.Sabotages;
using Xunit;

namespace Cluster.Node.Tests.Simulation;

/// <summary>What is broken on purpose is seen: a simulation that finds nothing must be one that would have found it.</summary>
[Trait("Suite", "Sabotage")]
public sealed class SabotageTests(ITestOutputHelper output)
{
    /// <summary>Within how many seeds.</summary>
    private const int MostSeeds = 200;

    /// <summary>How many faults may be left however few there were.</summary>
    private const int MostLeft = 3;

    [Theory]
    [InlineData(typeof(FenceOff))]
    [InlineData(typeof(EffectsBeforeCommit))]
    [InlineData(typeof(DedupOff))]
    [InlineData(typeof(LeaseMarginNegative))]
    [InlineData(typeof(LeaseMarginGone))]
    [InlineData(typeof(UnknownIsFailure))]
    [InlineData(typeof(RetriesNotFolded))]
    [InlineData(typeof(HandOutBeforeCommit))]
    [InlineData(typeof(HeartbeatsNotFolded))]
    [InlineData(typeof(RenewedUntold))]
    [InlineData(typeof(ChildNamesByChance))]
    [InlineData(typeof(LettersSentOnce))]
    [InlineData(typeof(LettersForWhoeverWaits))]
    [InlineData(typeof(OrphansLeft))]
    public void A_sabotage_is_caught(Type kind)
    {
        var clock = Stopwatch.StartNew();
        var caught = new ConcurrentQueue<SimulationResult>();
        Parallel.For(1, MostSeeds + 1, (seed, loop) =>
        {
            if (loop.ShouldExitCurrentIteration)
                return;
            var result = SimulationResult.Of(new WorldPlan((ulong)seed, WorldShape.Cluster)
            {
                Sabotage = (Sabotage)Activator.CreateInstance(kind)!,
                EndsAtViolation = true,
            });
            if (result.Violations.Count == 0)
                return;
            caught.Enqueue(result);
            loop.Break();
        });
        Assert.True(caught.MinBy(result => result.Seed) is not null, $"{kind.Name} was not caught within {MostSeeds} seeds");
        var first = caught.MinBy(result => result.Seed)!;
        output.WriteLine($"{kind.Name}: caught at seed {first.Seed} in {clock.Elapsed.TotalSeconds:F1} s: {first.Violations[0]}");
    }

    [Fact]
    public void The_faults_of_a_failing_seed_are_shortened_to_those_that_it_needs()
    {
        var plan = new WorldPlan(2, WorldShape.Cluster) { Sabotage = new UnknownIsFailure(), EndsAtViolation = true };
        var whole = SimulationResult.Of(plan);
        var shortest = Shrinker.Shorten(whole);
        output.WriteLine($"{whole.Struck.Count} faults became {shortest.Struck.Count}\n{Shrinker.Describe(shortest)}");
        Assert.NotEmpty(shortest.Violations);
        Assert.True(shortest.Struck.Count <= Math.Max(MostLeft, whole.Struck.Count / 10), $"{whole.Struck.Count} faults became {shortest.Struck.Count}");
        var again = SimulationResult.Of(plan with { Only = shortest.Struck.Select(struck => FaultMark.Parse($"{struck.Mark}")).ToHashSet() });
        Assert.Equal(shortest.TraceHash, again.TraceHash);
    }
}
