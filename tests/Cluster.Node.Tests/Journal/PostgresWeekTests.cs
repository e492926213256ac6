using System.Diagnostics.Metrics;
using System.Globalization;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Postgres;
using Cluster.Node.Tests.Timers;
using Cluster.Protocol.Identity;
using Npgsql;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>On PostgreSQL the journal goes by weeks; what is left of a week outlives it.</summary>
[Trait("Suite", "Contract")]
public sealed class PostgresWeekTests : IDisposable
{
    private static readonly RetentionRules Rules = new(RetentionRules.Default, [new MachineRetention("kept-*", TimeSpan.FromDays(1_000))]);

    private readonly PostgresDatabase _database = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _database.Dispose();

    private long Week => _clock.NowMs / JournalWeeks.Milliseconds;

    [Fact]
    public async Task A_week_is_dropped_when_its_time_is_over_and_what_is_left_of_it_is_read_and_written_as_before()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var week = Week;
        for (var i = 0; i < 100; i++)
            await EndAsync(driver, string.Create(CultureInfo.InvariantCulture, $"e{i}"));
        var open = driver.Mint("open", _clock.NowMs);
        await driver.SendAsync(driver.Start(open, "open", _clock.NowMs));
        var kept = await EndAsync(driver, "kept", "kept-machine");
        Assert.Equal(week.ToString(CultureInfo.InvariantCulture), WeeksWithRows());

        _clock.Advance(TimeSpan.FromDays(91));
        var tally = await RunAsync(store);
        Assert.Equal((100, 0), (tally.Executions, tally.Weeks));
        _clock.Advance(TimeSpan.FromDays(8));
        tally = await RunAsync(store);
        Assert.Equal((0, 1), (tally.Executions, tally.Weeks));

        Assert.Equal("f", _database.Query($"SELECT to_regclass('journal_w{week}') IS NOT NULL"));
        Assert.Equal("3", _database.Query("SELECT count(*) FROM journal_rest"));
        Assert.Equal(2, (await driver.LoadAsync(kept))!.Rows.Count);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(open, 1, JournalDriver.Row(2))));
        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(open, 1, JournalDriver.Row(2))));
        Assert.Equal(2, (await driver.LoadAsync(open))!.Rows.Count);

        await driver.SendAsync(driver.End(open, 2, _clock.NowMs, _clock.NowMs));
        _clock.Advance(TimeSpan.FromDays(90));
        tally = await RunAsync(store);
        Assert.Equal((1, 3), (tally.Executions, tally.Rows));
        Assert.Equal("2", _database.Query("SELECT count(*) FROM journal_rest"));
    }

    [Fact]
    public async Task Rows_go_one_by_one_before_their_week_is_due_or_when_too_much_of_it_is_left()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var week = Week;
        await EndAsync(driver, "e");
        var long1 = driver.Mint("kept", _clock.NowMs, "kept-machine");
        await driver.SendAsync(driver.Start(long1, "kept", _clock.NowMs, "kept-machine"));
        _database.Query($"""
            INSERT INTO journal SELECT execution_id, i, 3, 2, epoch, incarnation, nextval('journal_commit'), 1, false, ''
            FROM journal, generate_series(2, {PostgresWeeks.MostMovedRows + 1}) i WHERE execution_id = '{PostgresCommands.ToUuid(long1)}'
            """);

        _clock.Advance(TimeSpan.FromDays(100));
        var tally = await RunAsync(store);

        Assert.Equal((1, 0, 2), (tally.Executions, tally.Weeks, tally.Rows));
        Assert.Equal((PostgresWeeks.MostMovedRows + 1).ToString(CultureInfo.InvariantCulture), _database.Query($"SELECT count(*) FROM journal_w{week}"));
        Assert.True((await RunAsync(store)).IsNothing);
        _database.Query($"DELETE FROM journal WHERE sequence_nr > 10");
        Assert.Equal(1, (await RunAsync(store)).Weeks);
        Assert.Equal(10, (await driver.LoadAsync(long1))!.Rows.Count);
    }

    [Fact]
    public async Task A_week_that_was_taken_off_by_a_process_that_ended_then_is_dropped_by_the_next()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var week = Week;
        await EndAsync(driver, "e");
        _clock.Advance(TimeSpan.FromDays(100));
        _database.Query($"ALTER TABLE journal DETACH PARTITION journal_w{week}");

        var tally = await RunAsync(store);
        Assert.Equal((1, 1), (tally.Executions, tally.Weeks));
        Assert.Equal("f", _database.Query($"SELECT to_regclass('journal_w{week}') IS NOT NULL"));
    }

    [Fact]
    public async Task Who_is_in_the_way_of_a_week_is_not_waited_for()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var week = Week;
        await EndAsync(driver, "e");
        _clock.Advance(TimeSpan.FromDays(100));
        using (var source = NpgsqlDataSource.Create(_database.Server.ConnectionString(_database.Name)))
        {
            using var reader = source.OpenConnection();
            reader.Run("BEGIN; SELECT count(*) FROM cluster.journal");
            Assert.Equal(0, (await RunAsync(store)).Weeks);
            Assert.Equal("t", _database.Query($"SELECT to_regclass('journal_w{week}') IS NOT NULL"));
            var id = driver.Mint("next", _clock.NowMs);
            Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(id, "next", _clock.NowMs)));
            reader.Run("ROLLBACK");
        }

        Assert.Equal(1, (await RunAsync(store)).Weeks);
    }

    [Fact]
    public async Task One_node_has_its_turn_and_none_while_an_older_build_is_registered()
    {
        using var one = Open();
        using var other = Open();
        var moment = new RetentionMoment(_clock.NowMs, 0, 0);
        await using (var turn = await one.TryBeginAsync(moment, CancellationToken.None))
        {
            Assert.NotNull(turn);
            Assert.Null(await other.TryBeginAsync(moment, CancellationToken.None));
        }

        await using (var turn = await other.TryBeginAsync(moment, CancellationToken.None))
            Assert.NotNull(turn);
        _database.Query($"INSERT INTO node VALUES (1, 'old', {PostgresMigration.Removal - 1}, now(), 'infinity')");
        Assert.Null(await one.TryBeginAsync(moment, CancellationToken.None));
    }

    [Fact]
    public async Task A_turn_whose_connection_is_lost_is_free_for_the_next()
    {
        using var store = Open();
        var moment = new RetentionMoment(_clock.NowMs, 0, 0);
        var turn = (await store.TryBeginAsync(moment, CancellationToken.None))!;
        _database.Query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'cluster retention %' AND datname = current_database()");

        await Assert.ThrowsAsync<Node.Database.StoreUnavailableException>(async () => await turn.NextMachineAsync(null, CancellationToken.None));
        await turn.DisposeAsync();

        await using var next = await store.TryBeginAsync(moment, CancellationToken.None);
        Assert.NotNull(next);
    }

    [Fact]
    public async Task The_log_of_the_register_keeps_the_last_line_of_each_shard_and_all_younger_ones()
    {
        using var store = Open();
        await store.AcquireShardsAsync(CancellationToken.None);
        await store.AcquireShardsAsync(CancellationToken.None);
        await store.AcquireShardsAsync(CancellationToken.None);
        _database.Query("UPDATE shard_log SET at = to_timestamp(1000) WHERE epoch < 3");

        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await using var turn = await store.TryBeginAsync(new RetentionMoment(now, 0, 2_000_000), CancellationToken.None);
        Assert.Equal(64, await turn!.RemoveLogAsync(CancellationToken.None));
        Assert.Equal(0, await turn.RemoveLogAsync(CancellationToken.None));
        Assert.Equal("64", _database.Query("SELECT count(*) FROM shard_log WHERE epoch = 2"));
        Assert.Equal("64", _database.Query("SELECT count(*) FROM shard_log WHERE epoch = 3"));
    }

    private PostgresStore Open()
    {
        var store = PostgresStore.TryOpen(_database.Options with { Time = _clock }, out var refusal);
        Assert.Null(refusal);
        return store!;
    }

    private async Task<ExecutionId> EndAsync(JournalDriver driver, string name, string machine = JournalDriver.Machine)
    {
        var now = _clock.NowMs;
        var id = driver.Mint(name, now, machine);
        await driver.SendAsync(driver.Start(id, name, now, machine));
        await driver.SendAsync(driver.End(id, 1, now, now + (long)RetentionRules.Default.TotalMilliseconds));
        return id;
    }

    private async Task<RetentionTally> RunAsync(PostgresStore store)
    {
        using var meter = new Meter("test");
        return (await new RetentionRound(store, Rules, _clock, TimeSpan.Zero, new RetentionMetrics(meter)).RunAsync(CancellationToken.None))!;
    }

    private string WeeksWithRows() => _database.Query("SELECT DISTINCT substr(tableoid::regclass::text, length('journal_w') + 1) FROM journal");
}
