using System.Collections.Concurrent;
using System.Globalization;
using Cluster.Checker;
using Cluster.Checker.Dumps;
using Cluster.Node.Tests.Simulation;
using Xunit;

namespace Cluster.Node.Tests.Checked;

/// <summary>What simulated worlds leave behind, judged by the checker, which shares nothing with them.</summary>
[Trait("Suite", "Simulation")]
public sealed class CheckedWorldTests(ITestOutputHelper output)
{
    private const string SeedsSetting = "CLUSTER_SIMULATION_SEEDS";
    private const int DefaultSeeds = 50;

    /// <summary>Of so many seeds that are run, one is run for the checker as well.</summary>
    private const int Every = 10;

    /// <summary>What the run has something to judge for.</summary>
    private static readonly string[] Busy = ["I1", "I2", "I3", "I4", "I5", "I5-I8", "I6", "I7", "I8", "I9", "I11", "I12", "I13", "I14", "I15", "I16", "I19", "I20", "I22", "I24", "I26"];

    [Fact]
    public void What_a_simulated_cluster_leaves_behind_is_clean()
    {
        var seeds = Environment.GetEnvironmentVariable(SeedsSetting) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : DefaultSeeds;
        var reports = new ConcurrentDictionary<int, Report>();
        Parallel.For(1, Math.Max(1, seeds / Every) + 1, seed => reports[seed] = Judged((ulong)seed));
        foreach (var counts in reports.Values.SelectMany(report => report.Counts).GroupBy(count => (count.Invariant, count.Of)))
            output.WriteLine($"{counts.Key.Invariant}: {counts.Sum(count => count.Judged)} {counts.Key.Of}, {counts.Sum(count => count.Broken)} broken");
        var broken = reports.Where(report => !report.Value.IsClean).OrderBy(report => report.Key).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken.Take(3).Select(report => $"seed {report.Key}:\n{report.Value}")));
        Assert.All(reports.Values, report => Assert.DoesNotContain(report.Idle, Busy.Contains));
    }

    private static Report Judged(ulong seed)
    {
        var world = new World(new WorldPlan(seed, WorldShape.Cluster));
        world.Run();
        return Judgement.Of(
        [
            .. StoreRecords.Of(world.Store.Contents(), hash => world.Definitions.Machine(hash).Text),
            .. world.Log.Records,
            .. ReadBackRecords.Of(world.Store, hash => world.Definitions.Machine(hash).Text, TimeProvider.System),
            new HealedRecord(world.Agenda.NowMs),
            new CompleteRecord("call"),
            new CompleteRecord("effect"),
        ]);
    }
}
