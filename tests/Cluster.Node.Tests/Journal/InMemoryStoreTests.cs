using Cluster.Node.Journal;
using Cluster.Node.Journal.InMemory;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Nodes;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What only the memory store does: its clock is given, processes end by a call, and all that it holds can be seen.</summary>
public sealed class InMemoryStoreTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_lease_ends_by_the_clock_of_the_store()
    {
        var store = new InMemoryStore(time: _clock);
        var node = Node(store, 5);
        await node.RenewAsync(TimeSpan.FromSeconds(10));

        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.Single(await node.TakeNewAsync(1));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(await node.TakeNewAsync(2));
    }

    [Fact]
    public async Task A_process_that_ended_is_absent_although_what_it_asked_comes_late()
    {
        var store = new InMemoryStore(time: _clock);
        var (ended, other) = (Node(store, 5), Node(store, 6));
        await ended.RenewAsync();

        store.Gone(5);
        await ended.RenewAsync();

        Assert.Equal([false, true], (await other.RenewAsync()).Nodes.Select(node => node.IsPresent));
    }

    [Fact]
    public async Task A_node_without_shards_whose_lease_ran_out_long_ago_is_forgotten_and_one_with_shards_is_not()
    {
        var store = new InMemoryStore(time: _clock);
        var (with, without, taker) = (Node(store, 5), Node(store, 6), Node(store, 7));
        await with.RenewAsync();
        await without.RenewAsync();
        await with.TakeNewAsync(1);
        _clock.Advance(RegisterLimits.ForgetNodesAfter + NodeUnderTest.Lease);
        await taker.RenewAsync();
        await taker.TakeNewAsync(2);
        Assert.Equal(3, (await taker.RenewAsync()).Nodes.Count);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await taker.RenewAsync();
        await taker.TakeNewAsync(3);

        Assert.Equal([5, 7], (await taker.RenewAsync()).Nodes.Select(node => node.Node.Incarnation));
    }

    [Fact]
    public async Task All_that_it_holds_is_shown_with_who_wrote_it_in_one_order_of_rows_and_grants()
    {
        var store = new InMemoryStore(time: _clock);
        var (first, second) = (Node(store, 5), Node(store, 6));
        await first.RenewAsync();
        await second.RenewAsync();
        var driver = new JournalDriver(first.Journal, new long[first.ShardCount]);
        var id = driver.Mint("a");
        var shard = driver.Start(id, "a").Shard;
        var held = await first.TakeNewAsync(shard);
        var epochs = new long[first.ShardCount];
        epochs[shard] = 1;
        driver = new JournalDriver(first.Journal, epochs);
        await driver.SendAsync(driver.Start(id, "a"));
        await first.HandOverAsync(second.Me, held[0]);
        var late = new JournalDriver(second.Journal, epochs);
        await late.SendAsync(late.Next(id, 1, JournalDriver.Row(2), epoch: 2));
        await late.SendAsync(late.End(id, 2, stop: 9, nameExpiresAt: 99));

        var contents = store.Contents();

        Assert.Equal(
            [(1L, 1L, 5L), (2, 2, 6)],
            contents.Rows.Select(row => (row.Row.SequenceNr, row.Epoch, row.Incarnation)));
        Assert.All(contents.Rows, row => Assert.Equal((id, shard), (row.Id, row.Shard)));
        Assert.Equal([1L, 2, 3, 4], contents.Rows.Select(row => row.CommitNr).Concat(contents.Grants.Select(grant => grant.CommitNr)).Order());
        Assert.True(contents.Rows[0].CommitNr < contents.Grants[1].CommitNr && contents.Grants[1].CommitNr < contents.Rows[1].CommitNr);
        Assert.Null(Assert.Single(contents.Executions).NameExpiresAt);
        Assert.Equal(new KeptName(JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, "a", id), Assert.Single(contents.Names));
    }

    [Fact]
    public async Task Who_has_the_store_for_himself_takes_all_shards_in_the_log()
    {
        var store = new InMemoryStore(time: _clock);

        var epochs = await store.AcquireShardsAsync(CancellationToken.None);

        Assert.All(epochs, epoch => Assert.Equal(1, epoch));
        Assert.Equal(store.ShardCount, store.Grants.Count);
        Assert.All(store.Grants, grant => Assert.Equal(InMemoryStore.OnlyIncarnation, grant.Incarnation));
        var register = (IClusterRegister)store;
        Assert.IsType<RegisterAnswer.Left>(await register.AskAsync(new RegisterRequest.Leave(register.Incarnation), CancellationToken.None));
    }

    private static NodeUnderTest Node(InMemoryStore store, long incarnation) =>
        new(store.RegisterOf(incarnation), store.JournalOf(incarnation), () => store.CutOff(incarnation));
}
