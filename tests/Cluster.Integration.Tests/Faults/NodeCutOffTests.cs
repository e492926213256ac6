using System.Diagnostics;
using System.Globalization;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>F05: between one node and PostgreSQL nothing passes for a while, and nobody is told.</summary>
[Trait("Suite", "Kill")]
[Collection(FaultCollection.Name)]
public sealed class NodeCutOffTests(ITestOutputHelper output)
{
    private const int LeastRefused = 20;
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TakenWithin = FaultSettings.Lease + TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan JoinedWithin = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan RefusedWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static int Rounds => FaultCollection.IsSoak ? 10 : 1;

    [Fact]
    public async Task F05_a_node_that_is_cut_off_from_the_database_is_passed_over_and_joins_again()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        await using var rig = await FaultRig.StartAsync(PostgresServer.Shared!, output.WriteLine, FaultSettings.Shared with { Cuttable = true });
        for (var round = 1; round <= Rounds; round++)
        {
            await rig.Load.GoOnAsync(Calm);
            var node = rig.Nodes[round % rig.Nodes.Count];
            var held = rig.Shards.HeldBy(node.Name);
            Assert.NotEmpty(held);
            var cut = FaultLoad.Now;
            node.Line.Hold();
            await rig.Load.GoOnAsync(FaultSettings.Lease);
            var refusals = await AskAsync(rig, node, Cut - FaultSettings.Lease);
            var taken = rig.Shards.GrantedAfter(held);
            node.Line.Release();
            var clock = Stopwatch.StartNew();
            var healed = FaultLoad.Now;
            await rig.Load.UntilAsync(() => rig.Shards.IsMember(node.Name), "the node that was cut off is a member again");
            var joined = clock.Elapsed;
            await rig.Shards.BalancedAsync(rig.Nodes.Count, Patience);
            await rig.Load.GoOnAsync(Calm);
            rig.Hurt(cut);

            var answers = rig.Load.Answers.Where(one => one.Node == node.Name && one.At >= cut && one.At + one.After.TotalMilliseconds < healed).ToList();
            var last = TimeSpan.FromMilliseconds(taken.Values.Max() - cut);
            var most = refusals[(int)(0.95 * (refusals.Count - 1))];
            var fenced = await node.FigureAsync("fenced");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cut {round}: {taken.Count} of {held.Count} shards taken, the last after {last.TotalMilliseconds:F0} ms; the node refused {refusals.Count} starts, 95 % within {most.TotalMilliseconds:F0} ms, the slowest after {refusals[^1].TotalMilliseconds:F0} ms; joined again {joined.TotalMilliseconds:F0} ms after the line was back; {fenced} stale writes refused"));
            Assert.Equal(held.Count, taken.Count);
            Assert.InRange(last, TimeSpan.Zero, TakenWithin);
            Assert.InRange(joined, TimeSpan.Zero, JoinedWithin);
            Assert.DoesNotContain(answers, one => one.Kind == LoadAnswerKind.Acknowledged);
            Assert.InRange(most, TimeSpan.Zero, RefusedWithin);
            Assert.True(refusals.Count >= LeastRefused, "the node that was cut off was hardly asked");
            Assert.False(node.Server.HasExited, node.Server.Output);
        }

        await rig.JudgeAsync();
    }

    /// <summary>Asks a node whose lease has lapsed for what it must not answer by itself; how long it took to refuse, the longest last.</summary>
    private static async Task<IReadOnlyList<TimeSpan>> AskAsync(FaultRig rig, FaultNode node, TimeSpan time)
    {
        var refusals = new List<TimeSpan>();
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time; await rig.Load.GoOnAsync(AskEvery))
        {
            var known = rig.Load.Acknowledged.First();
            var began = clock.Elapsed;
            var answer = await node.Api.StartAsync(rig.Machine, known.Name, known.Input);
            Assert.Equal((503, "ServiceUnavailable"), (answer.Status, answer.Error));
            refusals.Add(clock.Elapsed - began);
        }

        refusals.Sort();
        return refusals;
    }
}
