using System.Globalization;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Integration.Tests.Faults;

/// <summary>F11: commits that happened, and whose answer never arrived.</summary>
[Trait("Suite", "Kill")]
[Collection(FaultCollection.Name)]
public sealed class UnknownCommitTests(ITestOutputHelper output)
{
    private const int CutEvery = 3;

    private static int LeastCut => FaultCollection.IsSoak ? 1_000 : 200;

    /// <summary>How many commits are cut while a load is waited for.</summary>
    private const int Step = 100;

    [Fact]
    public async Task F11_commits_whose_answer_is_lost_are_neither_lost_nor_doubled()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        await using var rig = await FaultRig.StartAsync(PostgresServer.Shared!, output.WriteLine, new FaultSettings { Cuttable = true });
        var proxy = rig.Node.Line;
        await rig.Load.GoOnAsync(more: 100);
        proxy.CutEveryCommit = CutEvery;
        for (var cut = Step; cut <= LeastCut; cut += Step)
            await rig.Load.UntilAsync(() => proxy.CommitsCut >= cut, "enough commits were cut");
        proxy.CutEveryCommit = 0;
        await rig.JudgeAsync();
        var unknown = await rig.Node.FigureAsync("unknownCommits");
        var found = await rig.Node.FigureAsync("foundCommitted");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{proxy.CommitsCut} commits cut, {unknown} unknown to the node, {found} of them found in the ledger"));
        Assert.True(found >= LeastCut && unknown >= found, "what was cut was not unknown");
    }
}
