using System.Diagnostics;
using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal.Postgres;
using Cluster.Protocol.Nodes;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What only the register in PostgreSQL does: its locks, its connection, its tables.</summary>
[Trait("Suite", "Contract")]
public sealed class PostgresRegisterTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PostgresDatabase _database = new();
    private readonly List<PostgresStore> _stores = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public void Dispose()
    {
        foreach (var store in _stores)
            store.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_node_has_one_connection_of_its_own_and_its_locks_of_presence_and_of_the_writer_do_not_meet()
    {
        var node = Node();
        await node.RenewAsync();
        var held = await node.TakeNewAsync([.. Enumerable.Range(0, node.ShardCount)]);
        var driver = new JournalDriver(node.Journal, [.. held.Select(shard => shard.Epoch)]);
        await driver.SendAsync(driver.Start(driver.Mint("a"), "a"));

        Assert.Equal(
            $"{NodeSession.NameOf(node.Me)}|2\n{WriterSession.NameOf(node.Me)}|1",
            _database.Query("SELECT application_name, objsubid FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND datname = current_database() ORDER BY 1"));
    }

    [Fact]
    public async Task A_view_tells_how_long_the_server_has_been_up()
    {
        var node = Node();

        var up = (await node.RenewAsync()).StoreUp;

        var seconds = _database.Query("SELECT floor(extract(epoch FROM clock_timestamp() - pg_postmaster_start_time()))");
        Assert.InRange(double.Parse(seconds, CultureInfo.InvariantCulture) - up.TotalSeconds, -1, 10);
        Assert.True(up > TimeSpan.Zero);
    }

    [Fact]
    public async Task Shards_of_a_node_that_stopped_in_the_middle_of_a_transaction_are_taken_soon_and_its_writer_is_ended()
    {
        var (owner, other, taker) = (Node(), Node(), Node());
        foreach (var node in new[] { owner, other, taker })
            await node.RenewAsync();
        var held = await owner.TakeNewAsync(7, 8);
        await other.TakeNewAsync(9);
        await owner.ExpireAsync();
        using var stopped = _database.Address.Single(WriterSession.NameOf(owner.Me));
        using var stoppedLine = stopped.OpenConnection();
        stoppedLine.Run("BEGIN; SELECT epoch FROM shard WHERE id = 7 FOR SHARE");
        using var alive = _database.Address.Single(WriterSession.NameOf(other.Me));
        using var aliveLine = alive.OpenConnection();
        aliveLine.Run("BEGIN; SELECT epoch FROM shard WHERE id = 9 FOR SHARE");
        _clock.Restart();

        var taken = await taker.TakeAsync([.. held, new ShardStanding(9, other.Me, 1)]);

        Assert.Equal([7, 8], taken.Select(shard => shard.Shard));
        Assert.InRange(_clock.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(3));
        aliveLine.Run("COMMIT");
    }

    [Fact]
    public async Task While_a_living_node_has_its_shards_locked_nothing_is_handed_over_and_nobody_is_ended()
    {
        var (giver, successor) = (Node(), Node());
        await giver.RenewAsync();
        await successor.RenewAsync();
        var held = await giver.TakeNewAsync(7);
        using var writer = _database.Address.Single(WriterSession.NameOf(giver.Me));
        using var line = writer.OpenConnection();
        line.Run("BEGIN; SELECT epoch FROM shard WHERE id = 7 FOR SHARE");

        var failed = Assert.IsType<RegisterAnswer.Failed>(await giver.AskAsync(new RegisterRequest.HandOver(giver.Me, successor.Me, held)));

        Assert.Contains("lock timeout", failed.Reason, StringComparison.Ordinal);
        line.Run("COMMIT");
        Assert.Single(await giver.HandOverAsync(successor.Me, held[0]));
    }

    [Fact]
    public async Task Neither_reads_nor_appends_that_wait_delay_a_renewal()
    {
        var node = Node();
        await node.RenewAsync();
        var held = await node.TakeNewAsync([.. Enumerable.Range(0, node.ShardCount)]);
        using var other = _database.Address.Single("holds the tables");
        using var line = other.OpenConnection();
        line.Run("BEGIN; LOCK TABLE execution, journal IN ACCESS EXCLUSIVE MODE");
        var driver = new JournalDriver(node.Journal, [.. held.Select(shard => shard.Epoch)]);
        var append = driver.SendAsync(driver.Start(driver.Mint("a"), "a"));
        var reads = Enumerable.Range(0, 20).Select(_ => driver.LoadAsync(driver.Mint("b"))).ToList();
        while (_database.Query($"SELECT count(*) > {LoadQueue.MostReaders} FROM pg_locks WHERE NOT granted") != "t")
            Assert.True(_clock.Elapsed < Patience, "nothing waits");
        _clock.Restart();

        await node.RenewAsync();

        Assert.True(_clock.Elapsed < TimeSpan.FromSeconds(1), $"a renewal took {_clock.Elapsed}");
        line.Run("COMMIT");
        await append;
        await Task.WhenAll(reads);
    }

    [Fact]
    public async Task A_connection_whose_backend_was_left_behind_is_replaced_together_with_the_presence()
    {
        await using var proxy = new PostgresProxy(_database.Server.Port) { LeavesServerWaiting = true };
        var (node, other) = (Node(proxy.Port), Node());
        var first = await node.RenewAsync();

        proxy.CutNextAnswer();
        await node.FailToRenewAsync();
        var second = await node.RenewAsync();

        Assert.Equal(1, proxy.Cuts);
        Assert.True(Assert.Single(second.Nodes).IsPresent);
        Assert.Equal(first.StoreLine, second.StoreLine);
        Assert.All((await other.RenewAsync()).Nodes, standing => Assert.True(standing.IsPresent));
        Assert.Equal("1", _database.Query($"SELECT count(*) FROM pg_stat_activity WHERE application_name = '{NodeSession.NameOf(node.Me)}'"));
    }

    [Fact]
    public async Task A_backend_that_hangs_does_not_cost_the_lease_and_the_presence_is_taken_anew_when_it_ends()
    {
        var lease = TimeSpan.FromSeconds(3);
        var (node, other) = (Node(), Node());
        await other.RenewAsync();
        await node.RenewAsync(lease);
        var pid = _database.Query($"SELECT pid FROM pg_stat_activity WHERE application_name = '{NodeSession.NameOf(node.Me)}'");
        _clock.Restart();
        Signal("STOP", pid);
        try
        {
            await node.FailToRenewAsync(lease);
            await node.RenewAsync(lease);

            Assert.True(_clock.Elapsed < lease - TimeSpan.FromSeconds(0.5), $"a renewal took {_clock.Elapsed}");
            Assert.True((await other.RenewAsync()).Nodes.Single(standing => standing.Node.Incarnation == node.Me).IsPresent);
        }
        finally
        {
            Signal("CONT", pid);
        }

        while (_database.Query($"SELECT count(*) FROM pg_stat_activity WHERE pid = {pid}") != "0")
            Assert.True(_clock.Elapsed < Patience, "the backend that hung was not ended");
        Assert.All((await node.RenewAsync(lease)).Nodes, standing => Assert.True(standing.IsPresent));
    }

    [Fact]
    public async Task A_renewal_fails_once_when_the_connection_broke_since_the_last_whoever_finds_out_first()
    {
        var node = Node();
        await node.RenewAsync();

        node.CutOff();
        await node.FailToRenewAsync();
        await node.RenewAsync();

        node.CutOff();
        var take = new RegisterRequest.Take(node.Me, [new ShardStanding(3, 0, 0)], [], 0, "test");
        Assert.IsType<RegisterAnswer.Failed>(await node.AskAsync(take));
        Assert.IsType<RegisterAnswer.Granted>(await node.AskAsync(take));
        await node.FailToRenewAsync();
        Assert.True(Assert.Single((await node.RenewAsync()).Nodes).IsPresent);
    }

    [Fact]
    public async Task A_take_whose_answer_was_lost_is_told_as_failed_and_shows_in_the_next_view()
    {
        await using var proxy = new PostgresProxy(_database.Server.Port);
        var node = Node(proxy.Port);
        await node.RenewAsync();

        proxy.CutNextAnswer();
        var request = new RegisterRequest.Take(node.Me, [new ShardStanding(3, 0, 0)], [], 0, "test");
        var failed = Assert.IsType<RegisterAnswer.Failed>(await node.AskAsync(request));

        Assert.Same(request, failed.Request);
        Assert.NotEmpty(failed.Reason);
        await node.FailToRenewAsync();
        Assert.Equal(new ShardStanding(3, node.Me, 1), (await node.RenewAsync()).Shards[3]);
    }

    [Fact]
    public async Task Without_its_database_every_request_fails_soon_and_with_it_all_is_as_before()
    {
        var proxy = new PostgresProxy(_database.Server.Port);
        var node = Node(proxy.Port);
        await node.RenewAsync();
        await proxy.DisposeAsync();
        _clock.Restart();

        var lease = new RegisterRequest.Renew(node.Entry(), NodeUnderTest.Lease, SentAt: 1);
        Assert.Same(lease, Assert.IsType<RegisterAnswer.Failed>(await node.AskAsync(lease)).Request);
        Assert.IsType<RegisterAnswer.Failed>(await node.AskAsync(new RegisterRequest.Leave(node.Me)));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _stores[0].AcquireShardsAsync(CancellationToken.None).AsTask());

        Assert.True(_clock.Elapsed < TimeSpan.FromSeconds(10), $"it took {_clock.Elapsed}");
    }

    [Fact]
    public async Task Nodes_that_are_long_gone_are_taken_out_with_their_ledgers_but_none_that_holds_a_shard_or_a_lock_or_was_seen_lately()
    {
        var taker = Node();
        await taker.RenewAsync();
        using var source = _database.Address.Single("still there");
        using var line = source.OpenConnection();
        line.Run("SELECT pg_advisory_lock(12)");
        _database.Query("""
            INSERT INTO node (incarnation, name, format, started_at, expires_at)
                SELECT i, 'n', 2, now(), now() - CASE WHEN i = 14 THEN interval '50 minutes' ELSE interval '61 minutes' END FROM generate_series(11, 14) i;
            INSERT INTO ledger SELECT i, 0, 1, '{}' FROM generate_series(11, 16) i;
            UPDATE shard SET incarnation = 13, epoch = 1 WHERE id = 13;
            SELECT pg_advisory_lock(16)
            """);
        line.Run("SELECT pg_advisory_lock(16)");

        Assert.Single(await taker.TakeNewAsync(1));

        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"12\n13\n14\n{taker.Me}"), _database.Query("SELECT incarnation FROM node ORDER BY 1"));
        Assert.Equal("12\n13\n14\n16", _database.Query("SELECT incarnation FROM ledger ORDER BY 1"));
    }

    [Fact]
    public async Task A_closed_store_has_left_and_freed_its_shards_and_refuses_requests()
    {
        var (leaver, stayer) = (Node(), Node());
        await leaver.RenewAsync();
        await leaver.TakeNewAsync(1);

        _stores[0].Dispose();

        var view = await stayer.RenewAsync();
        Assert.Equal(stayer.Me, Assert.Single(view.Nodes).Node.Incarnation);
        Assert.Equal(new ShardStanding(1, 0, 2), view.Shards[1]);
        Assert.IsType<RegisterAnswer.Failed>(await leaver.AskAsync(new RegisterRequest.Leave(leaver.Me)));
    }

    [Fact]
    public async Task The_line_of_the_store_names_cluster_database_and_timeline_and_the_server_if_that_may_be_read()
    {
        var store = Open();
        var node = PostgresRegisterUnderTest.Node(_database, store);
        var oid = _database.Query("SELECT oid FROM pg_database WHERE datname = current_database()");
        var server = _database.Query("SELECT system_identifier FROM pg_control_system()");

        Assert.Equal($"{store.ClusterId} in {oid} on line 00000001 of server {server}", (await node.RenewAsync()).StoreLine);

        _database.Query("REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        var plain = _database.Query("""
            CREATE ROLE plain LOGIN; GRANT ALL ON SCHEMA cluster TO plain; GRANT ALL ON ALL TABLES IN SCHEMA cluster TO plain;
            GRANT ALL ON ALL SEQUENCES IN SCHEMA cluster TO plain
            """);
        Assert.Empty(plain);
        try
        {
            var text = _database.Server.ConnectionString(_database.Name).Replace("Username=cluster", "Username=plain", StringComparison.Ordinal);
            using var poor = PostgresStore.TryOpen(_database.Options with { Address = PostgresAddress.TryParse(text, out _)! }, out _)!;
            Assert.Equal(
                $"{store.ClusterId} in {oid} on line 00000001 of a server that does not tell its number",
                (await PostgresRegisterUnderTest.Node(_database, poor).RenewAsync()).StoreLine);
        }
        finally
        {
            _database.Query("DROP OWNED BY plain; DROP ROLE plain");
        }
    }

    [Fact]
    public async Task Who_takes_all_shards_is_present_and_logs_it()
    {
        var (first, second) = (Open(), Node());
        await first.AcquireShardsAsync(CancellationToken.None);

        var view = await second.RenewAsync();

        Assert.Equal([true, true], view.Nodes.Select(standing => standing.IsPresent));
        Assert.All(view.Shards, shard => Assert.Equal((first.Incarnation, 1L), (shard.Incarnation, shard.Epoch)));
        Assert.Equal("64|1", _database.Query("SELECT count(*), count(DISTINCT incarnation) FROM shard_log"));
        Assert.Empty(await second.TakeAsync(view.Shards, absent: [first.Incarnation]));
    }

    private static void Signal(string name, string pid)
    {
        using var kill = Process.Start("kill", ["-" + name, pid]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private NodeUnderTest Node(int? port = null) => PostgresRegisterUnderTest.Node(_database, Open(port));

    private PostgresStore Open(int? port = null)
    {
        var address = PostgresDatabase.AddressOf(_database.Server, _database.Name, port);
        var store = PostgresStore.TryOpen(_database.Options with { Address = address }, out var refusal);
        Assert.Null(refusal);
        _stores.Add(store!);
        return store!;
    }
}
