using System.Globalization;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>SIGKILL for one of several nodes: the others take its shards over, and share them with it when it is back.</summary>
[Trait("Suite", "Kill")]
[Collection(FaultCollection.Name)]
public sealed class NodeKillTests(ITestOutputHelper output)
{
    private const string Settings = "-c fsync=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB -c track_commit_timestamp=on";
    private static readonly TimeSpan TakenOverWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int Rounds => FaultCollection.IsSoak ? 30 : 3;

    private static int Nodes => FaultCollection.IsSoak ? 3 : 2;

    [Fact]
    public async Task Shards_of_a_killed_node_are_written_to_by_others_within_two_seconds()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        using var postgres = PostgresServer.Start(Settings);
        await using var rig = await FaultRig.StartAsync(postgres, output.WriteLine, FaultSettings.Shared with { Nodes = Nodes });
        var takeOvers = new List<TimeSpan>();
        for (var round = 1; round <= Rounds; round++)
        {
            await rig.Load.GoOnAsync(Calm);
            var node = rig.Nodes[round % rig.Nodes.Count];
            var held = rig.Shards.HeldBy(node.Name);
            Assert.NotEmpty(held);
            var killed = FaultLoad.Now;
            await node.Server.DisposeAsync();
            var written = rig.Shards.CommittedAfter(held);
            await rig.Load.UntilAsync(() => (written = rig.Shards.CommittedAfter(held)).Count == held.Count, "each shard of the killed node is written to");
            var ofRound = written.Values.Select(at => TimeSpan.FromMilliseconds(at - killed)).Order().ToList();
            takeOvers.AddRange(ofRound);
            await node.RestartAsync();
            await rig.Shards.BalancedAsync(rig.Nodes.Count, Patience);
            rig.Hurt(killed);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"kill {round}: {held.Count} shards written to again after {ofRound[0].TotalMilliseconds:F0} – {ofRound[^1].TotalMilliseconds:F0} ms; the node that was started again has {rig.Shards.HeldBy(node.Name).Count}"));
        }

        takeOvers.Sort();
        var p99 = takeOvers[(int)Math.Ceiling(0.99 * takeOvers.Count) - 1];
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{takeOvers.Count} take-overs: p50 {takeOvers[takeOvers.Count / 2].TotalMilliseconds:F0} ms, p99 {p99.TotalMilliseconds:F0} ms"));
        Assert.InRange(p99, TimeSpan.Zero, TakenOverWithin);
        await rig.JudgeAsync();
    }
}
