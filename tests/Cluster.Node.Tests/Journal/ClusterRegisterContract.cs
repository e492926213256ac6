using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Cluster.Protocol.Nodes;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What every register of nodes and shards must do.</summary>
[Trait("Suite", "Contract")]
public abstract class ClusterRegisterContract : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RegisterUnderTest? _register;

    private RegisterUnderTest Register => _register ??= Open();

    public void Dispose()
    {
        _register?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract RegisterUnderTest Open();

    [Fact]
    public async Task A_node_that_joins_sees_itself_and_all_shards_held_by_nobody()
    {
        var node = Register.Node();

        var view = await node.RenewAsync();

        var me = Assert.Single(view.Nodes);
        Assert.Equal(node.Entry(), me.Node);
        Assert.True(me.IsPresent);
        Assert.InRange(me.Remaining, TimeSpan.FromSeconds(50), NodeUnderTest.Lease);
        Assert.InRange(me.Age, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(Enumerable.Range(0, ShardRange.DefaultCount).Select(shard => new ShardStanding(shard, 0, 0)), view.Shards);
        Assert.NotEmpty(view.StoreLine);
        Assert.Equal(ShardRange.DefaultCount, node.ShardCount);
    }

    [Fact]
    public async Task A_renewal_extends_the_lease_and_tells_what_has_changed_and_the_node_has_joined_once()
    {
        var node = Register.Node();
        var first = await node.RenewAsync(TimeSpan.FromSeconds(30));

        var second = await node.RenewAsync(TimeSpan.FromMinutes(5), leaving: true);

        var me = Assert.Single(second.Nodes);
        Assert.Equal(node.Entry(leaving: true), me.Node);
        Assert.InRange(me.Remaining, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
        Assert.True(me.Age >= first.Nodes[0].Age);
        Assert.Equal(first.StoreLine, second.StoreLine);
    }

    [Fact]
    public async Task All_nodes_see_all_nodes_by_incarnation_and_those_whose_lease_has_run_out_among_them()
    {
        NodeUnderTest[] nodes = [Register.Node(), Register.Node(), Register.Node()];
        await nodes[0].RenewAsync();
        await nodes[1].ExpireAsync();

        var view = await nodes[2].RenewAsync();

        Assert.Equal(nodes.Select(node => node.Me).Order(), view.Nodes.Select(node => node.Node.Incarnation));
        Assert.All(view.Nodes, node => Assert.True(node.IsPresent));
        Assert.All(view.Nodes, node => Assert.Equal(node.Node.Incarnation == nodes[1].Me, node.Remaining <= TimeSpan.Zero));
    }

    [Fact]
    public async Task A_node_whose_connection_broke_is_not_present_until_it_asks_again()
    {
        var (node, other) = (Register.Node(), Register.Node());
        await node.RenewAsync();
        await other.RenewAsync();

        other.CutOff();

        await UntilAbsentAsync(node, other);
        var seen = (await node.RenewAsync()).Nodes.Single(standing => standing.Node.Incarnation == other.Me);
        Assert.True(seen.Remaining > TimeSpan.Zero);
        await other.ComeBackAsync();
        Assert.All((await node.RenewAsync()).Nodes, standing => Assert.True(standing.IsPresent));
    }

    [Fact]
    public async Task What_nobody_holds_is_taken_with_the_next_epoch_and_nothing_else_changes()
    {
        var node = Register.Node();
        await node.RenewAsync();

        var taken = await node.TakeNewAsync(9, 3);

        Assert.Equal([new ShardStanding(3, node.Me, 1), new ShardStanding(9, node.Me, 1)], taken);
        var view = await node.RenewAsync();
        Assert.Equal(taken, view.Shards.Where(shard => shard.Incarnation != 0));
        Assert.Equal(Enumerable.Range(0, ShardRange.DefaultCount), view.Shards.Select(shard => shard.Shard));
    }

    [Fact]
    public async Task What_a_living_node_holds_is_left_alone_also_when_it_is_named_as_absent()
    {
        var (owner, taker) = (Register.Node(), Register.Node());
        await owner.RenewAsync();
        await taker.RenewAsync();
        var held = await owner.TakeNewAsync(1, 2);

        Assert.Empty(await taker.TakeAsync(held));
        Assert.Empty(await taker.TakeAsync(held, absent: [owner.Me]));

        Assert.Equal(held, (await taker.RenewAsync()).Shards.Where(shard => shard.Incarnation != 0));
    }

    [Fact]
    public async Task What_a_node_holds_whose_lease_has_run_out_is_taken_and_stays_taken_when_it_renews()
    {
        var (owner, taker) = (Register.Node(), Register.Node());
        await owner.RenewAsync();
        var held = await owner.TakeNewAsync(1, 2);
        await owner.ExpireAsync();
        await taker.RenewAsync();

        var taken = await taker.TakeAsync(held);

        Assert.Equal([new ShardStanding(1, taker.Me, 2), new ShardStanding(2, taker.Me, 2)], taken);
        Assert.Equal(taken, (await owner.RenewAsync()).Shards.Where(shard => shard.Incarnation != 0));
        Assert.Empty(await owner.TakeAsync(taken));
    }

    [Fact]
    public async Task What_an_absent_node_holds_is_taken_only_when_it_is_named_and_only_while_it_is_absent()
    {
        var (owner, taker) = (Register.Node(), Register.Node());
        await owner.RenewAsync();
        await taker.RenewAsync();
        var held = await owner.TakeNewAsync(1, 2, 3);
        owner.CutOff();
        await UntilAbsentAsync(taker, owner);

        Assert.Empty(await taker.TakeAsync(held));
        Assert.Empty(await taker.TakeAsync(held, absent: [owner.Me + 1]));
        Assert.Equal([new ShardStanding(2, taker.Me, 2)], await taker.TakeAsync([held[1]], absent: [owner.Me]));
        await owner.ComeBackAsync();
        Assert.Empty(await taker.TakeAsync([held[0], held[2]], absent: [owner.Me]));
    }

    [Fact]
    public async Task A_node_takes_its_own_anew_with_a_higher_epoch()
    {
        var node = Register.Node();
        await node.RenewAsync();
        var held = await node.TakeNewAsync(5);

        Assert.Equal([new ShardStanding(5, node.Me, 2)], await node.TakeAsync(held));
    }

    [Fact]
    public async Task A_node_that_is_not_registered_or_whose_lease_has_run_out_takes_nothing_not_even_its_own()
    {
        var node = Register.Node();
        Assert.Empty(await node.TakeNewAsync(5));
        await node.RenewAsync();
        var held = await node.TakeNewAsync(5);
        await node.ExpireAsync();

        Assert.Empty(await node.TakeNewAsync(6));
        Assert.Empty(await node.TakeAsync(held));

        await node.RenewAsync();
        Assert.Single(await node.TakeAsync(held));
    }

    [Fact]
    public async Task What_has_changed_since_it_was_seen_is_left_alone()
    {
        var (first, second) = (Register.Node(), Register.Node());
        await first.RenewAsync();
        await second.RenewAsync();
        var held = await first.TakeNewAsync(1, 2);
        var anew = await first.TakeAsync([held[1]]);
        await first.ExpireAsync();

        Assert.Empty(await second.TakeNewAsync(1));
        Assert.Empty(await second.TakeAsync([held[1], anew[0] with { Incarnation = second.Me }, new ShardStanding(-1, 0, 0), new ShardStanding(1_000, 0, 0)]));
        Assert.Equal([new ShardStanding(2, second.Me, 3)], await second.TakeAsync([held[1], anew[0]]));
    }

    [Fact]
    public async Task New_epochs_are_above_the_stored_one_and_above_the_one_that_is_asked_for()
    {
        var node = Register.Node();
        await node.RenewAsync();
        ShardStanding free = new(4, 0, 0);

        var above = await node.TakeAsync([free], above: 41);
        var stored = await node.TakeAsync(above, above: 7);

        Assert.Equal(42, Assert.Single(above).Epoch);
        Assert.Equal(43, Assert.Single(stored).Epoch);
    }

    [Fact]
    public async Task A_hand_over_gives_a_successor_the_next_epoch_of_what_the_giver_holds()
    {
        var (giver, successor) = (Register.Node(), Register.Node());
        await giver.RenewAsync(leaving: true);
        await successor.RenewAsync();
        var held = await giver.TakeNewAsync(1, 2, 3, 4);
        await giver.TakeAsync([held[1]]);

        var given = await giver.HandOverAsync(successor.Me, held[2], held[1], held[0], new ShardStanding(9, giver.Me, 0));

        Assert.Equal([new ShardStanding(1, successor.Me, 2), new ShardStanding(3, successor.Me, 2)], given);
        Assert.Equal(
            [.. given, new ShardStanding(2, giver.Me, 2), held[3]],
            (await giver.RenewAsync()).Shards.Where(shard => shard.Incarnation != 0).OrderBy(shard => shard.Incarnation == giver.Me));
        Assert.Empty(await giver.HandOverAsync(successor.Me, given[0]));
    }

    [Fact]
    public async Task Nothing_is_handed_to_a_successor_that_is_unknown_or_leaves_or_whose_lease_has_run_out()
    {
        var (giver, successor) = (Register.Node(), Register.Node());
        await giver.RenewAsync();
        var held = await giver.TakeNewAsync(1);

        Assert.Empty(await giver.HandOverAsync(successor.Me, held[0]));
        await successor.RenewAsync(leaving: true);
        Assert.Empty(await giver.HandOverAsync(successor.Me, held[0]));
        await successor.ExpireAsync();
        Assert.Empty(await giver.HandOverAsync(successor.Me, held[0]));
        await successor.RenewAsync();
        Assert.Single(await giver.HandOverAsync(successor.Me, held[0]));
    }

    [Fact]
    public async Task A_hand_over_to_nobody_lets_anybody_take_it()
    {
        var (giver, taker) = (Register.Node(), Register.Node());
        await giver.RenewAsync();
        await taker.RenewAsync();
        var held = await giver.TakeNewAsync(1);

        var given = await giver.HandOverAsync(to: 0, held[0]);

        Assert.Equal([new ShardStanding(1, 0, 2)], given);
        Assert.Equal([new ShardStanding(1, taker.Me, 3)], await taker.TakeAsync(given));
    }

    [Fact]
    public async Task A_node_that_leaves_is_not_registered_any_more_and_frees_its_shards_for_others()
    {
        var (leaver, taker) = (Register.Node(), Register.Node());
        await leaver.RenewAsync();
        await taker.RenewAsync();
        await leaver.TakeNewAsync(1, 2);

        await leaver.LeaveAsync();
        await leaver.LeaveAsync();

        var view = await taker.RenewAsync();
        Assert.Equal(taker.Me, Assert.Single(view.Nodes).Node.Incarnation);
        Assert.Equal([new ShardStanding(1, 0, 2), new ShardStanding(2, 0, 2)], view.Shards.Where(shard => shard.Epoch > 0));
        Assert.Equal(2, (await taker.TakeAsync(view.Shards.Where(shard => shard.Epoch > 0))).Count);
    }

    [Fact]
    public async Task Of_those_who_take_the_same_at_the_same_time_exactly_one_gets_each()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => Register.Node()).ToList();
        foreach (var node in nodes)
            await node.RenewAsync();
        var free = Enumerable.Range(0, ShardRange.DefaultCount).Select(shard => new ShardStanding(shard, 0, 0)).ToList();

        var taken = await Task.WhenAll(nodes.Select((node, i) => Task.Run(() => node.TakeAsync(free.Skip(i * 8).Concat(free.Take(i * 8)).Reverse()))));

        Assert.Equal(Enumerable.Range(0, ShardRange.DefaultCount), taken.SelectMany(shards => shards).Select(shard => shard.Shard).Order());
        Assert.All(taken.SelectMany(shards => shards), shard => Assert.Equal(1, shard.Epoch));
        var view = await nodes[0].RenewAsync();
        Assert.Equal(taken.SelectMany(shards => shards).OrderBy(shard => shard.Shard), view.Shards);
    }

    [Fact]
    public async Task Every_grant_is_in_the_log_in_order_and_nothing_else_is()
    {
        var (first, second) = (Register.Node(), Register.Node());
        await first.RenewAsync();
        await second.RenewAsync();
        var held = await first.TakeAsync([new ShardStanding(1, 0, 0), new ShardStanding(2, 0, 0)], reason: "nobody had it");
        await second.TakeAsync(held);
        await first.HandOverAsync(second.Me, held[0]);
        await first.LeaveAsync();

        var log = Register.Grants();

        Assert.Equal(
            [(1, 1L, first.Me), (2, 1L, first.Me), (1, 2L, second.Me), (2, 2L, 0L)],
            log.Select(grant => (grant.Shard, grant.Epoch, grant.Incarnation)).OrderBy(grant => grant.Item2));
        Assert.Equal(["nobody had it", "nobody had it", "handed over", "freed by a node that left"], log.Select(grant => grant.Reason));
        Assert.Equal(log.Select(grant => grant.CommitNr).Order().Distinct(), log.Select(grant => grant.CommitNr));
        Assert.All(log, grant => Assert.True(grant.At > 1_700_000_000_000));
    }

    [Fact]
    public async Task Whatever_several_nodes_ask_at_the_same_time_what_they_were_told_and_the_log_and_the_shards_are_one_story()
    {
        var nodes = Enumerable.Range(0, 4).Select(_ => Register.Node()).ToList();
        foreach (var node in nodes)
            await node.RenewAsync();

        var told = await Task.WhenAll(nodes.Select((node, i) => Task.Run(() => AskAtRandomAsync(node, nodes, new Random(i)))));

        var log = Register.Grants();
        Assert.Equal(
            told.SelectMany(shards => shards).OrderBy(shard => shard.Shard).ThenBy(shard => shard.Epoch),
            log.Select(grant => new ShardStanding(grant.Shard, grant.Incarnation, grant.Epoch)).OrderBy(shard => shard.Shard).ThenBy(shard => shard.Epoch));
        var shards = (await nodes[0].RenewAsync()).Shards;
        foreach (var grants in log.GroupBy(grant => grant.Shard))
        {
            Assert.Equal(Enumerable.Range(1, grants.Count()).Select(epoch => (long)epoch), grants.Select(grant => grant.Epoch));
            Assert.Equal(shards[grants.Key], new ShardStanding(grants.Key, grants.Last().Incarnation, grants.Last().Epoch));
        }

        Assert.True(log.Count > 200, $"only {log.Count} shards changed hands");
        Assert.All(nodes, node => Assert.Contains(log, grant => grant.Incarnation == node.Me));
    }

    [Fact]
    public async Task Who_lost_a_shard_is_fenced_and_who_got_it_goes_on()
    {
        var (loser, winner) = (Register.Node(), Register.Node());
        await loser.RenewAsync();
        var held = await loser.TakeNewAsync([.. Enumerable.Range(0, ShardRange.DefaultCount)]);
        var old = new JournalDriver(loser.Journal, Epochs(held));
        var id = old.Mint("a");
        await old.SendAsync(old.Start(id, "a"));
        await winner.RenewAsync();
        await loser.ExpireAsync();
        Assert.Equal(AppendOutcomeKind.Appended, await old.KindAsync(old.Next(id, 1, JournalDriver.Row(2))));

        var driver = new JournalDriver(winner.Journal, Epochs(await winner.TakeAsync(held)));

        Assert.Equal(AppendOutcomeKind.Fenced, await old.KindAsync(old.Next(id, 2, JournalDriver.Row(3))));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(3))));
    }

    [Fact]
    public async Task Who_gets_shards_back_goes_on_from_what_the_other_has_written_meanwhile()
    {
        var (first, second) = (Register.Node(), Register.Node());
        await first.RenewAsync();
        await second.RenewAsync();
        var held = await first.TakeNewAsync([.. Enumerable.Range(0, ShardRange.DefaultCount)]);
        var before = new JournalDriver(first.Journal, Epochs(held));

        // So many that they share batches.
        var names = Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"e{i}")).ToList();
        var ids = names.ConvertAll(name => before.Mint(name));
        await AllAsync(AppendOutcomeKind.Appended, before, i => before.Start(ids[i], names[i]));
        await AllAsync(AppendOutcomeKind.Appended, before, i => before.Next(ids[i], 1, JournalDriver.Row(2, 3, 4)));
        var there = await first.HandOverAsync(second.Me, [.. held]);
        var between = new JournalDriver(second.Journal, Epochs(there));
        await AllAsync(AppendOutcomeKind.Appended, between, i => between.Next(ids[i], 2, JournalDriver.Row(3)));
        await AllAsync(AppendOutcomeKind.Fenced, before, i => before.Next(ids[i], 2, JournalDriver.Row(3)));

        var after = new JournalDriver(first.Journal, Epochs(await second.HandOverAsync(first.Me, [.. there])));

        await AllAsync(AppendOutcomeKind.Conflict, after, i => after.Next(ids[i], 2, JournalDriver.Row(3)));
        await AllAsync(AppendOutcomeKind.Appended, after, i => after.Next(ids[i], 3, JournalDriver.Row(4)));
        await AllAsync(AppendOutcomeKind.Conflict, after, i => after.Next(ids[i], 3, JournalDriver.Row(4)));
        foreach (var id in ids)
        {
            Assert.Equal(
                [(1L, 1L, 2L), (2L, 3L, 4L), (3L, 0L, 0L), (4L, 0L, 0L)],
                (await after.LoadAsync(id))!.Rows.Select(row => (row.SequenceNr, row.FirstHistoryId, row.LastHistoryId)));
        }

        async Task AllAsync(AppendOutcomeKind kind, JournalDriver driver, Func<int, AppendRequest> append) =>
            Assert.All(await Task.WhenAll(Enumerable.Range(0, ids.Count).Select(i => driver.KindAsync(append(i)))), one => Assert.Equal(kind, one));
    }

    [Fact]
    public async Task A_node_asks_for_itself_only()
    {
        var (node, other) = (Register.Node(), Register.Node());

        await Assert.ThrowsAsync<ArgumentException>(() => node.AskAsync(new RegisterRequest.Leave(other.Me)));
    }

    /// <summary>Takes whatever is free, gives away, and lets the lease run out; what the node was told, in its order.</summary>
    private static async Task<List<ShardStanding>> AskAtRandomAsync(NodeUnderTest node, List<NodeUnderTest> nodes, Random random)
    {
        const int Rounds = 60;
        var told = new List<ShardStanding>();
        for (var round = 0; round < Rounds; round++)
        {
            var view = await node.RenewAsync(random.Next(4) == 0 ? TimeSpan.Zero : null);
            var some = view.Shards.Where(_ => random.Next(3) == 0).ToList();
            random.Shuffle(CollectionsMarshal.AsSpan(some));
            told.AddRange(random.Next(3) == 0
                ? await node.HandOverAsync(random.Next(3) == 0 ? 0 : nodes[random.Next(nodes.Count)].Me, [.. some.Take(8)])
                : await node.TakeAsync(some, absent: [.. nodes.Select(other => other.Me)]));
        }

        return told;
    }

    private static long[] Epochs(IReadOnlyList<ShardStanding> shards) => [.. shards.Select(shard => shard.Epoch)];

    private static async Task UntilAbsentAsync(NodeUnderTest node, NodeUnderTest other)
    {
        var clock = Stopwatch.StartNew();
        while ((await node.RenewAsync()).Nodes.Single(standing => standing.Node.Incarnation == other.Me).IsPresent)
            Assert.True(clock.Elapsed < Patience, "a node whose connection broke stays present");
    }
}

public sealed class InMemoryClusterRegisterTests : ClusterRegisterContract
{
    protected override RegisterUnderTest Open() => new InMemoryRegisterUnderTest();
}

public sealed class PostgresClusterRegisterTests : ClusterRegisterContract
{
    protected override RegisterUnderTest Open() => new PostgresRegisterUnderTest();
}
