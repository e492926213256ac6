using System.Diagnostics;
using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Postgres;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What only the PostgreSQL store does: its format, its fence between processes, its partitions, its batches.</summary>
[Trait("Suite", "Contract")]
public sealed class PostgresStoreTests : IDisposable
{
    private readonly PostgresDatabase _database = new();
    private readonly Stopwatch _patience = Stopwatch.StartNew();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_found_by_the_next_store()
    {
        ExecutionId id;
        string cluster;
        using (var store = _database.Open())
        {
            var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
            id = driver.Mint("a");
            await driver.SendAsync(driver.Start(id, "a"));
            cluster = store.ClusterId;
        }

        using var next = _database.Open();
        var reader = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(next));
        Assert.Equal(AppendOutcomeKind.Appended, await reader.KindAsync(reader.Next(id, 1, JournalDriver.Row(2))));
        Assert.Equal([1L, 2], (await reader.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
        Assert.Equal(cluster, next.ClusterId);
        Assert.Equal(32, cluster.Length);
    }

    [Fact]
    public async Task A_closed_store_refuses_reads_and_starts_and_leaves_no_connection_and_no_node_behind()
    {
        var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        await driver.LoadAsync(id);

        store.Dispose();

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.GetAsync(id, CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => driver.LoadAsync(id));
        Assert.Equal(AppendOutcomeKind.Unavailable, await driver.KindAsync(driver.Start(driver.Mint("b"), "b")));
        Assert.Equal("0", _database.Query("SELECT count(*) FROM node"));
        while (_database.Query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'cluster %'") != "0")
            Assert.True(_patience.Elapsed < TimeSpan.FromSeconds(30), "a connection was left open");
    }

    [Fact]
    public async Task Whoever_is_told_of_a_commit_cannot_close_the_store_right_there()
    {
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var reply = new ClosingReply(store);
        store.Append(driver.Start(driver.Mint("a"), "a") with { Reply = reply });
        Assert.IsType<InvalidOperationException>(await reply.Told);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("b"), "b")));
    }

    [Fact]
    public async Task What_the_database_finds_damaged_is_told_as_that_and_the_rest_is_served()
    {
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        await driver.SendAsync(driver.Start(a, "a"));
        await driver.SendAsync(driver.Start(b, "b"));
        var id = Convert.ToHexString(a.ToByteArray());
        _database.Query($"""
            CREATE FUNCTION damaged() RETURNS bytea LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''invalid page in block 7'' USING ERRCODE = ''data_corrupted''; END';
            ALTER TABLE journal RENAME TO sound;
            CREATE VIEW journal AS SELECT execution_id, sequence_nr, first_history_id, last_history_id, terminal,
                CASE WHEN execution_id = '{id}' THEN damaged() ELSE events END AS events FROM sound
            """);

        var loads = new[] { driver.LoadAsync(b, fromSnapshot: false), driver.LoadAsync(a, fromSnapshot: false) };

        await Assert.ThrowsAsync<DamagedException>(() => loads[1]);
        await Assert.ThrowsAsync<DamagedException>(async () => await store.ReadHistoryAsync(a, 1, 10, CancellationToken.None));
        Assert.Single((await loads[0])!.Rows);
    }

    [Fact]
    public async Task A_read_that_the_database_has_no_room_for_may_be_tried_again()
    {
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        _database.Query("""
            CREATE FUNCTION busy() RETURNS bytea LANGUAGE plpgsql AS
                'BEGIN RAISE EXCEPTION ''out of shared memory'' USING ERRCODE = ''out_of_memory''; END';
            ALTER TABLE journal RENAME TO sound;
            CREATE VIEW journal AS SELECT execution_id, sequence_nr, first_history_id, last_history_id, terminal, busy() AS events FROM sound
            """);

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.ReadHistoryAsync(id, 1, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_second_process_that_takes_the_shards_fences_the_first()
    {
        using var first = _database.Open();
        var old = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(first));
        var id = old.Mint("a");
        await old.SendAsync(old.Start(id, "a"));
        using var second = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(second));

        Assert.Equal(AppendOutcomeKind.Fenced, await old.KindAsync(old.Next(id, 1, JournalDriver.Row(2))));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2))));

        Assert.Equal("1", _database.Query("SELECT count(DISTINCT incarnation) FROM shard"));
        Assert.Equal("2", _database.Query("SELECT count(DISTINCT incarnation) FROM journal"));
        Assert.Equal("1", _database.Query("SELECT count(*) FROM node"));
    }

    [Fact]
    public async Task Shards_are_taken_from_a_process_that_stopped_with_their_rows_locked()
    {
        using var first = _database.Open();
        await first.AcquireShardsAsync(CancellationToken.None);
        using var stopped = _database.Address.Single(WriterSession.NameOf(5));
        using var connection = stopped.OpenConnection();
        connection.Run("BEGIN; SELECT epoch FROM shard WHERE id = 7 FOR SHARE");

        using var second = _database.Open();
        var epochs = await second.AcquireShardsAsync(CancellationToken.None);

        Assert.All(epochs, epoch => Assert.Equal(2, epoch));
    }

    [Fact]
    public async Task The_fence_is_a_lock_for_share_that_an_epoch_cannot_be_raised_under()
    {
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        using var taker = _database.Address.Single("taker");
        using var connection = taker.OpenConnection();
        connection.Run("BEGIN; UPDATE shard SET epoch = epoch + 1");
        var append = driver.SendAsync(driver.Start(id, "a"));
        while (_database.Query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name LIKE 'cluster writer%'") == "0")
            Assert.False(append.IsCompleted, "an append went by a lock on its shard");

        connection.Run("COMMIT");

        Assert.Equal(AppendOutcomeKind.Fenced, (await append).Kind);
        Assert.Equal("0", _database.Query("SELECT count(*) FROM journal"));
    }

    [Fact]
    public async Task Appends_of_many_executions_share_commits()
    {
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        const int Count = 2_000;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Count).Select(i =>
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"e{i}");
            return driver.SendAsync(driver.Start(driver.Mint(name), name));
        }));

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcomeKind.Appended, outcome.Kind));
        Assert.Equal(Count, store.Statistics.Writes);
        Assert.InRange(store.Statistics.Commits, 1, Count / 4);
        Assert.Equal(store.Statistics.Commits.ToString(CultureInfo.InvariantCulture), _database.Query("SELECT batch FROM ledger"));
    }

    [Fact]
    public async Task Rows_without_history_ids_follow_the_row_before_them_in_batches_as_alone()
    {
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        foreach (var count in new[] { 1, 50 })
        {
            var ids = Enumerable.Range(0, count).Select(i => driver.Mint(NameOf(i))).ToList();
            await AllAsync(i => driver.Start(ids[i], NameOf(i)));
            await AllAsync(i => driver.Next(ids[i], 1, JournalDriver.Row(2)));
            await AllAsync(i => driver.Next(ids[i], 2, JournalDriver.Row(3, 3, 4)));
            await AllAsync(i => driver.Next(ids[i], 3, JournalDriver.Row(4)));
            await AllAsync(i => driver.Next(ids[i], 4, JournalDriver.Row(5, 5, 6)));

            async Task AllAsync(Func<int, AppendRequest> append) => Assert.All(
                await Task.WhenAll(Enumerable.Range(0, count).Select(i => driver.KindAsync(append(i)))),
                kind => Assert.Equal(AppendOutcomeKind.Appended, kind));

            string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{count}-{i}");
        }

        Assert.Equal(
            "1|1|2|51\n2|3|2|51\n3|3|4|51\n4|5|4|51\n5|5|6|51",
            _database.Query("SELECT sequence_nr, first_history_id, last_history_id, count(*) FROM journal GROUP BY 1, 2, 3 ORDER BY 1"));
    }

    [Fact]
    public async Task Something_that_can_never_be_stored_is_refused_alone()
    {
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        await driver.SendAsync(driver.Start(a, "a", row: JournalDriver.Row(1, 1, 2, terminal: true)));
        await driver.SendAsync(driver.Start(b, "b"));

        Task<AppendOutcome>[] answers =
        [
            driver.SendAsync(driver.Next(b, 1, JournalDriver.Row(2))),
            driver.SendAsync(driver.Next(a, 1, JournalDriver.Row(2, terminal: true))),
            driver.SendAsync(driver.Start(driver.Mint("x"), "x\0y")),
            driver.SendAsync(driver.Start(driver.Mint("z"), "z")),
        ];

        Assert.Equal(
            [AppendOutcomeKind.Appended, AppendOutcomeKind.Unknown, AppendOutcomeKind.Unavailable, AppendOutcomeKind.Appended],
            (await Task.WhenAll(answers)).Select(outcome => outcome.Kind));
        Assert.Single((await driver.LoadAsync(a))!.Rows);
    }

    [Fact]
    public async Task Each_week_of_starts_has_its_partition_made_a_week_ahead()
    {
        const long Week = 2_900;
        var time = new FixedTime(DateTimeOffset.FromUnixTimeMilliseconds((Week * JournalWeeks.Milliseconds) + 5));
        using (var store = PostgresStore.TryOpen(_database.Options with { Time = time }, out _)!)
        {
            var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
            long[] starts = [1_000, Week * JournalWeeks.Milliseconds, ((Week + 1) * JournalWeeks.Milliseconds) - 1, (Week + 1) * JournalWeeks.Milliseconds];
            foreach (var start in starts)
            {
                var name = start.ToString(CultureInfo.InvariantCulture);
                var id = driver.Mint(name, start);
                await driver.SendAsync(driver.Start(id, name));
                Assert.Single((await driver.LoadAsync(id))!.Rows);
            }
        }

        Assert.Equal(
            "journal_rest 1\njournal_w2900 2\njournal_w2901 1",
            _database.Query("SELECT tableoid::regclass || ' ' || count(*) FROM journal GROUP BY tableoid ORDER BY 1"));
        using var again = PostgresStore.TryOpen(_database.Options with { Time = time }, out _)!;
        await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(again));
    }

    [Theory]
    [InlineData(PostgresFormat.OldestBuildKey, "99", "this build knows versions up to {Newest}: start a newer build of Cluster on it")]
    [InlineData(PostgresFormat.VersionKey, "0", "has no tables of Cluster: run 'cluster migrate")]
    [InlineData(PostgresFormat.ShardCountKey, "32", "has shard count 32, this build 64")]
    [InlineData(PostgresFormat.BucketCountKey, "8192", "has bucket count 8192, this build 4096")]
    public void Tables_of_another_shape_are_refused(string key, string value, string reason)
    {
        _database.Query($"UPDATE meta SET value = '{value}' WHERE key = '{key}'");

        Assert.Null(PostgresStore.TryOpen(_database.Options, out var refusal));

        Assert.Contains(
            reason.Replace("{Newest}", PostgresMigration.Newest.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_that_a_newer_build_has_added_to_are_worked_with()
    {
        _database.Query($"UPDATE meta SET value = '99' WHERE key = '{PostgresFormat.VersionKey}'");

        _database.Open().Dispose();
    }

    [Theory]
    [InlineData("Database=x", "names no Host")]
    [InlineData("Host=x", "names no Database")]
    [InlineData("Host=x;Database=y;Port=many;Password=hush", "cannot be read")]
    [InlineData("Host=x;Database=y;Colour=blue;Password=hush", "cannot be read")]
    public void A_wrong_connection_string_is_refused_without_its_secrets(string text, string reason)
    {
        Assert.Null(PostgresAddress.TryParse(text, out var refusal));
        Assert.Contains(reason, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refusal, StringComparison.Ordinal);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
