using System.Diagnostics;
using Cluster.Node.Database;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Postgres;
using Cluster.Testing.Postgres;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>A database that goes, comes back, or answers into a line that was cut.</summary>
[Trait("Suite", "Contract")]
public sealed class PostgresFailureTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_answered_as_it_was_and_never_made_twice()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port);
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        await driver.SendAsync(driver.Start(a, "a"));
        await driver.SendAsync(driver.Start(b, "b"));
        const int Rounds = 20;
        for (var round = 1; round <= Rounds; round++)
        {
            proxy.CutNextAnswer();
            Task<AppendOutcome>[] answers =
            [
                driver.SendAsync(driver.Next(a, round, JournalDriver.Row(round + 1))),
                driver.SendAsync(driver.Next(b, 7, JournalDriver.Row(8))),
                driver.SendAsync(driver.Start(driver.Mint("b"), "b")),
                driver.SendAsync(driver.Next(driver.Mint("c"), 0, JournalDriver.Row(1), epoch: 0)),
            ];
            var outcomes = await Task.WhenAll(answers);
            Assert.Equal(
                [AppendOutcomeKind.Appended, AppendOutcomeKind.Conflict, AppendOutcomeKind.NameTaken, AppendOutcomeKind.Fenced],
                outcomes.Select(outcome => outcome.Kind));
            Assert.Equal(b, outcomes[2].NameHolder!.Id);
        }

        Assert.Equal(Rounds, proxy.Cuts);
        Assert.Equal(Rounds, store.Statistics.UnknownCommits);
        Assert.Equal(Rounds, store.Statistics.FoundCommitted);
        Assert.Equal(Enumerable.Range(1, Rounds + 1).Select(i => (long)i), (await driver.LoadAsync(a))!.Rows.Select(row => row.SequenceNr));
    }

    [Fact]
    public async Task A_commit_whose_answer_and_whose_ledger_were_lost_is_told_as_unknown_and_not_made_again()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port);
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        database.Query("DELETE FROM ledger");

        proxy.CutNextAnswer();
        Task<AppendOutcome>[] answers = [driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2))), driver.SendAsync(driver.Start(driver.Mint("b"), "b"))];

        Assert.Equal(AppendOutcomeKind.Unknown, (await answers[0]).Kind);
        Assert.Contains((await answers[1]).Kind, new[] { AppendOutcomeKind.Unknown, AppendOutcomeKind.Appended });
        Assert.Equal(1, store.Statistics.UnknownCommits);
        Assert.Equal([1L, 2], (await driver.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
        proxy.CutNextAnswer();
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(3))));
        Assert.Equal(1, store.Statistics.FoundCommitted);
    }

    [Fact]
    public async Task A_batch_that_never_arrived_is_sent_again()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port);
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        for (var round = 1; round <= 10; round++)
        {
            proxy.CutNextRequest();
            Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, round, JournalDriver.Row(round + 1))));
        }

        Assert.Equal(10, proxy.Cuts);
        Assert.Equal(0, store.Statistics.FoundCommitted);
        Assert.Equal(11, (await driver.LoadAsync(id))!.Rows.Count);
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_answered_as_started()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port);
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        await driver.SendAsync(driver.Start(driver.Mint("a"), "a"));

        proxy.CutNextAnswer();

        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("b"), "b")));
        Assert.Equal(1, store.Statistics.FoundCommitted);
    }

    [Fact]
    public async Task Tasks_of_a_commit_whose_answer_was_lost_wait_once_and_go_once()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port);
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var (a, b, c) = (driver.Mint("a"), driver.Mint("b"), driver.Mint("c"));
        await driver.SendAsync(driver.Start(a, "a"));
        await driver.SendAsync(driver.Start(b, "b"));
        await driver.SendAsync(driver.Start(c, "c"));
        var other = driver.Mint("other");
        await driver.SendAsync(driver.Start(other, "other"));
        var written = 1;
        const int Rounds = 10;
        for (var round = 1; round <= Rounds; round++)
        {
            var (ofA, ofB, ofC) = (JournalDriver.Task(a, round), JournalDriver.Task(b, round), JournalDriver.Task(c, round));
            await CutNextCommitAsync();
            Task<AppendOutcome>[] answers =
            [
                driver.SendAsync(driver.Next(a, (2 * round) - 1, JournalDriver.Row(2 * round)) with { Offered = [ofA] }),
                driver.SendAsync(driver.Next(b, 7, JournalDriver.Row(8)) with { Offered = [ofB] }),
                driver.SendAsync(driver.Next(c, 1, row: null) with { Offered = [ofC] }),
            ];
            Assert.Equal(
                [AppendOutcomeKind.Appended, AppendOutcomeKind.Conflict, AppendOutcomeKind.Appended],
                (await Task.WhenAll(answers)).Select(outcome => outcome.Kind));
            Assert.Equal(new[] { ofA, ofC }.Order(PendingTask.Order), await JournalDriver.PendingAsync(store));

            // Alone with its row, and alone without one: the journal tells of the first, the ledger of the second.
            await CutNextCommitAsync();
            Assert.Equal(
                AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(a, 2 * round, JournalDriver.Row((2 * round) + 1)) with { Withdrawn = [ofA] }));
            Assert.Equal([ofC], await JournalDriver.PendingAsync(store));
            await CutNextCommitAsync();
            Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(c, 1, row: null) with { Withdrawn = [ofC] }));
            Assert.Empty(await JournalDriver.PendingAsync(store));
        }

        Assert.Equal(3 * Rounds, proxy.Cuts);
        Assert.Equal(3 * Rounds, store.Statistics.FoundCommitted);
        Assert.Equal((2 * Rounds) + 1, (await driver.LoadAsync(a))!.Rows.Count);

        // Each connection prepares these statements when it first needs them: that answer is not the one to be lost.
        async Task CutNextCommitAsync()
        {
            var task = JournalDriver.Task(other, 0);
            await driver.SendAsync(driver.Next(other, written, JournalDriver.Row(++written)) with { Offered = [task] });
            await driver.SendAsync(driver.Next(other, written, JournalDriver.Row(++written)) with { Withdrawn = [task] });
            await driver.SendAsync(driver.Next(other, written, row: null) with { Withdrawn = [task] });
            proxy.CutNextAnswer();
        }
    }

    [Fact]
    public async Task Tasks_of_an_append_that_never_arrived_are_sent_again()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port);
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        var (first, second) = (JournalDriver.Task(id, 5), JournalDriver.Task(id, 6));
        await driver.SendAsync(driver.Start(id, "a"));

        proxy.CutNextRequest();
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Offered = [first] }));
        proxy.CutNextRequest();
        Assert.Equal(
            AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(3)) with { Offered = [second], Withdrawn = [first] }));

        Assert.Equal(2, proxy.Cuts);
        Assert.Equal(0, store.Statistics.FoundCommitted);
        Assert.Equal([second], await JournalDriver.PendingAsync(store));
    }

    [Fact]
    public async Task A_backend_that_waits_on_a_dead_line_is_ended_before_its_ledger_is_believed()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port) { LeavesServerWaiting = true };
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));

        proxy.CutNextAnswer();
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2))));
        proxy.CutNextRequest();
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(3))));

        Assert.Equal(1, store.Statistics.FoundCommitted);
        Assert.Equal("1", database.Query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'cluster writer %'"));
        Assert.Equal([1L, 2, 3], (await driver.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
    }

    [Fact]
    public async Task A_database_that_tells_that_its_disk_is_full_and_is_gone_is_neither_unknown_nor_broken()
    {
        using var database = new PostgresDatabase();
        await using var proxy = new PostgresProxy(database.Server.Port);
        using var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        database.Query("""
            CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'full' USING ERRCODE = '53100'; END $$;
            CREATE TRIGGER full_disk BEFORE INSERT ON journal EXECUTE FUNCTION full_disk()
            """);

        proxy.CutAfterNextError();
        var kept = driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)));
        var clock = Stopwatch.StartNew();
        while (store.Statistics.Failures < 3)
            Assert.True(clock.Elapsed < Soon, "the writer has given up");
        database.Query("DROP TRIGGER full_disk ON journal");

        Assert.Equal(AppendOutcomeKind.Appended, (await kept).Kind);
        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(0, store.Statistics.UnknownCommits);
        Assert.True(store.Statistics.Connections > 1, "the connection lived");
        Assert.Equal([1L, 2], (await driver.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
    }

    [Fact]
    public async Task Ended_backends_of_writer_and_readers_are_replaced_unnoticed()
    {
        using var database = new PostgresDatabase();
        using var store = database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        Assert.Single((await driver.LoadAsync(id))!.Rows);

        database.Query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'cluster %'");

        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2))));
        Assert.Equal(2, (await driver.LoadAsync(id))!.Rows.Count);
        Assert.Equal(2, store.Statistics.Connections);
    }

    [Fact]
    public async Task A_crashed_database_refuses_starts_soon_keeps_the_rest_and_goes_on_when_it_is_back()
    {
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Absence);
        using var server = PostgresServer.Start();
        var address = PostgresDatabase.AddressOf(server, server.CreateDatabase());
        Assert.NotNull(PostgresMigrator.TryRun(address, contract: false, out _));
        using var store = PostgresStore.TryOpen(new PostgresStoreOptions { Address = address, Broken = e => throw e }, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)));

        server.Crash();
        var clock = Stopwatch.StartNew();
        var kept = driver.SendAsync(driver.Next(id, 2, JournalDriver.Row(3)));
        while (store.Statistics.UnknownCommits == 0)
            Assert.True(clock.Elapsed < Soon, "the writer did not see that its database is gone");
        Assert.Equal(AppendOutcomeKind.Unavailable, await driver.KindAsync(driver.Start(driver.Mint("b"), "b")));
        Assert.True(clock.Elapsed < Soon, $"a start was refused only after {clock.Elapsed}");
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await store.GetAsync(id, CancellationToken.None));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => driver.LoadAsync(id));
        Assert.False(kept.IsCompleted);

        server.Restart();

        Assert.Equal(AppendOutcomeKind.Appended, (await kept).Kind);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("b"), "b")));
        Assert.Equal([1L, 2, 3], (await driver.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
    }

    [Fact]
    public async Task Closing_a_store_whose_database_is_gone_ends_and_says_of_the_rest_that_it_is_unknown()
    {
        using var database = new PostgresDatabase();
        var proxy = new PostgresProxy(database.Server.Port);
        var store = Open(database, proxy);
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        proxy.CutNextRequest();
        await proxy.DisposeAsync();
        var kept = driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)));

        store.Dispose();

        Assert.Equal(AppendOutcomeKind.Unknown, (await kept).Kind);
    }

    private static PostgresStore Open(PostgresDatabase database, PostgresProxy proxy)
    {
        var address = PostgresDatabase.AddressOf(database.Server, database.Name, proxy.Port);
        var store = PostgresStore.TryOpen(database.Options with { Address = address }, out var refusal);
        Assert.Null(refusal);
        return store!;
    }
}
