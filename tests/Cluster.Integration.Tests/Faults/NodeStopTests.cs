using System.Globalization;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>F03: a node stands still, longer and shorter than its lease, and goes on as if no time had passed.</summary>
[Trait("Suite", "Kill")]
[Collection(FaultCollection.Name)]
public sealed class NodeStopTests(ITestOutputHelper output)
{
    private const int LeastFenced = 20;
    private const double LeastKept = 0.95;
    private static readonly TimeSpan Long = 3 * FaultSettings.Lease;
    private static readonly TimeSpan Short = 0.8 * FaultSettings.Lease;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int Rounds => FaultCollection.IsSoak ? 20 : 1;

    private static int ShortRounds => FaultCollection.IsSoak ? 40 : 2;

    [Fact]
    public async Task F03_a_node_that_slept_through_its_lease_writes_nothing_and_one_that_did_not_keeps_its_shards()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        await using var rig = await FaultRig.StartAsync(PostgresServer.Shared!, output.WriteLine, FaultSettings.Shared);
        await rig.Load.GoOnAsync(Calm);
        var kept = 0;
        for (var round = 1; round <= ShortRounds; round++)
        {
            var grants = rig.Shards.Grants;
            await SleepAsync(rig, rig.Nodes[round % rig.Nodes.Count], Short);
            await rig.Load.GoOnAsync(Calm);
            kept += rig.Shards.Grants == grants ? 1 : 0;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Short.TotalSeconds} s asleep: shards kept in {kept} of {ShortRounds} rounds"));
        Assert.True(kept >= LeastKept * ShortRounds, "shards were lost by a node whose lease lasted");

        var fenced = 0L;
        for (var round = 1; round <= Rounds || fenced < LeastFenced; round++)
        {
            var node = rig.Nodes[round % rig.Nodes.Count];
            var before = await node.FigureAsync("fenced");
            var held = rig.Shards.HeldBy(node.Name);
            await SleepAsync(rig, node, Long);
            await rig.Load.UntilAsync(() => rig.Shards.IsMember(node.Name), "the node that slept is a member again");
            await rig.Shards.BalancedAsync(rig.Nodes.Count, Patience);
            var refused = await node.FigureAsync("fenced") - before;
            fenced += refused;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Long.TotalSeconds} s asleep, round {round}: of {held.Count} shards {rig.Shards.GrantedAfter(held).Count} were taken, {refused} stale writes refused"));
            Assert.Equal(held.Count, rig.Shards.GrantedAfter(held).Count);
        }

        // That none was accepted is what the checker finds out, from who held which epoch when.
        await rig.JudgeAsync();
    }

    private static async Task SleepAsync(FaultRig rig, FaultNode node, TimeSpan time)
    {
        var from = FaultLoad.Now;
        node.Server.Stop();
        await rig.Load.GoOnAsync(time);
        node.Server.Continue();
        await rig.Load.GoOnAsync(Calm);
        rig.Hurt(from);
    }
}
