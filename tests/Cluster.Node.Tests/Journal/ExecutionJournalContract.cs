using Cluster.Node.Journal;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What every journal does.</summary>
[Trait("Suite", "Contract")]
public abstract class ExecutionJournalContract
{
    private const int BigRow = 4 * 1024 * 1024;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task What_was_appended_is_loaded_again()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var start = driver.Start(id, "a", wakeAt: 77);

        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(start));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2))));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(3, 3, 5, length: 0, terminal: true))));

        var loaded = await driver.LoadAsync(id);
        Assert.NotNull(loaded);
        Assert.Null(loaded.Snapshot);
        Assert.Equal([1L, 2, 3], loaded.Rows.Select(row => row.SequenceNr));
        Assert.Equal([(1L, 2L), (0, 0), (3, 5)], loaded.Rows.Select(row => (row.FirstHistoryId, row.LastHistoryId)));
        Assert.Equal([false, false, true], loaded.Rows.Select(row => row.Terminal));
        Assert.Equal([20, 20, 0], loaded.Rows.Select(row => row.Events.Length));
        Assert.Equal(start.Row!.Events.ToArray(), loaded.Rows[0].Events.ToArray());
        AssertSame(start.NewExecution!, loaded.Row);
    }

    [Fact]
    public async Task The_journal_keeps_its_own_copy_of_the_bytes()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var buffer = JournalDriver.Bytes(100);
        await driver.SendAsync(driver.Start(id, "a", row: new JournalRow(1, 1, 2, Terminal: false, buffer)));

        Array.Clear(buffer);

        Assert.Equal(JournalDriver.Bytes(100), (await driver.LoadAsync(id))!.Rows[0].Events.ToArray());
    }

    [Fact]
    public async Task An_unknown_execution_loads_as_nothing()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);

        Assert.Null(await driver.LoadAsync(driver.Mint("a")));
    }

    [Fact]
    public async Task An_append_behind_or_ahead_of_the_last_conflicts_and_leaves_no_trace()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)));

        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2))));
        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(id, 3, JournalDriver.Row(4))));
        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(4))));
        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Start(id, "b")));
        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(driver.Mint("c"), 1, JournalDriver.Row(2))));

        Assert.Equal(2, (await driver.LoadAsync(id))!.Rows.Count);
        Assert.Null(await store.Queries.FindAsync(
            JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, "b", CancellationToken.None));
    }

    [Fact]
    public async Task An_append_at_another_epoch_is_fenced()
    {
        using var store = Open();
        var old = await JournalDriver.AcquireAsync(store);
        var id = old.Mint("a");
        await old.SendAsync(old.Start(id, "a"));
        var driver = await JournalDriver.AcquireAsync(store);

        Assert.Equal(AppendOutcomeKind.Fenced, await old.KindAsync(old.Next(id, 1, JournalDriver.Row(2))));
        Assert.Equal(AppendOutcomeKind.Fenced, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2), epoch: 1_000)));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2))));
    }

    [Fact]
    public async Task Epochs_rise_by_one()
    {
        using var store = Open();

        var first = await store.Shards.AcquireShardsAsync(CancellationToken.None);
        var second = await store.Shards.AcquireShardsAsync(CancellationToken.None);

        Assert.Equal(store.Shards.ShardCount, first.Count);
        Assert.Equal(first.Select(epoch => epoch + 1), second);
    }

    [Fact]
    public async Task A_taken_name_is_answered_with_the_execution_that_has_it()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (holder, other) = (driver.Mint("a"), driver.Mint("a"));
        var start = driver.Start(holder, "a");
        await driver.SendAsync(start);

        var outcome = await driver.SendAsync(driver.Start(other, "a"));

        Assert.Equal(AppendOutcomeKind.NameTaken, outcome.Kind);
        AssertSame(start.NewExecution!, outcome.NameHolder!);
        Assert.Null(await driver.LoadAsync(other));
    }

    [Fact]
    public async Task The_same_name_is_free_in_another_machine()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        await driver.SendAsync(driver.Start(driver.Mint("a"), "a"));

        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("a", machine: "m2"), "a", machine: "m2")));
    }

    [Fact]
    public async Task A_name_is_taken_until_it_expires_and_then_leads_to_the_new_execution()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (first, second) = (driver.Mint("a"), driver.Mint("a", start: 6_000));
        await driver.SendAsync(driver.Start(first, "a"));
        await driver.SendAsync(driver.End(first, 1, stop: 2_000, nameExpiresAt: 5_000));

        var early = await driver.SendAsync(driver.Start(second, "a", now: 4_999));
        Assert.Equal((AppendOutcomeKind.NameTaken, ExecutionStatus.Succeeded), (early.Kind, early.NameHolder!.Status));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(second, "a", now: 5_000)));

        var found = await store.Queries.FindAsync(
            JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, "a", CancellationToken.None);
        Assert.Equal(second, found!.Id);
        Assert.NotNull(await driver.LoadAsync(first));
    }

    [Fact]
    public async Task Of_two_starts_that_want_one_expired_name_at_once_one_gets_it()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var old = driver.Mint("a");
        await driver.SendAsync(driver.Start(old, "a"));
        await driver.SendAsync(driver.End(old, 1, stop: 2_000, nameExpiresAt: 5_000));

        var first = driver.SendAsync(driver.Start(driver.Mint("a"), "a", now: 5_000));
        var second = driver.SendAsync(driver.Start(driver.Mint("a"), "a", now: 5_000));

        Assert.Equal(AppendOutcomeKind.Appended, (await first).Kind);
        Assert.Equal(AppendOutcomeKind.NameTaken, (await second).Kind);
    }

    [Fact]
    public async Task A_good_a_conflicting_a_fenced_and_a_refused_name_get_four_answers_together()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        await driver.SendAsync(driver.Start(a, "a"));
        await driver.SendAsync(driver.Start(b, "b"));

        Task<AppendOutcome>[] answers =
        [
            driver.SendAsync(driver.Next(a, 1, JournalDriver.Row(2))),
            driver.SendAsync(driver.Next(b, 5, JournalDriver.Row(6))),
            driver.SendAsync(driver.Next(b, 1, JournalDriver.Row(2), epoch: 0)),
            driver.SendAsync(driver.Start(driver.Mint("a"), "a")),
            driver.SendAsync(driver.Next(b, 1, JournalDriver.Row(2))),
        ];

        Assert.Equal(
            [
                AppendOutcomeKind.Appended, AppendOutcomeKind.Conflict, AppendOutcomeKind.Fenced, AppendOutcomeKind.NameTaken,
                AppendOutcomeKind.Appended,
            ],
            (await Task.WhenAll(answers)).Select(outcome => outcome.Kind));
    }

    [Fact]
    public async Task Appends_of_one_execution_are_answered_in_their_order()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var sent = new List<AppendRequest> { driver.Start(id, "a") };
        for (var last = 1; last < 500; last++)
            sent.Add(driver.Next(id, last, JournalDriver.Row(last + 1)));

        var outcomes = await Task.WhenAll(sent.ConvertAll(driver.SendAsync));

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcomeKind.Appended, outcome.Kind));
        Assert.Equal(sent, driver.Answers);
        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), (await driver.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
    }

    /// <summary>An actor that failed may have left an append behind: its successor's first shows whether it was committed.</summary>
    [Fact]
    public async Task Of_appends_that_expect_the_same_the_one_that_was_queued_first_is_committed()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var ids = Enumerable.Range(0, 50).Select(i => driver.Mint($"e{i}")).ToList();
        await Task.WhenAll(ids.Select((id, i) => driver.SendAsync(driver.Start(id, $"e{i}"))));
        var asleep = new ExecutionChange(Status: null, StopDate: null, WakeAt: 5_000, NameExpiresAt: null);
        foreach (var id in ids)
        {
            var left = driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2)));
            var next = driver.KindAsync(driver.Next(id, 1, row: null, asleep));
            Assert.Equal([AppendOutcomeKind.Appended, AppendOutcomeKind.Conflict], await Task.WhenAll(left, next));
        }
    }

    [Fact]
    public async Task A_row_of_four_mebibytes_is_kept()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");

        await driver.SendAsync(driver.Start(id, "a", row: JournalDriver.Row(1, 1, 2, BigRow)));

        Assert.Equal(JournalDriver.Bytes(BigRow, 1), (await driver.LoadAsync(id))!.Rows[0].Events.ToArray());
    }

    [Fact]
    public async Task A_first_append_may_also_end_the_execution()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var ended = new ExecutionChange(ExecutionStatus.Failed, 1_500, WakeAt: null, 5_000);

        await driver.SendAsync(driver.Start(id, "a", row: JournalDriver.Row(1, 1, 4, terminal: true), change: ended));

        var row = (await driver.LoadAsync(id))!.Row;
        Assert.Equal((ExecutionStatus.Failed, 1_500L, null), (row.Status, row.StopDate, row.WakeAt));
        Assert.Equal(AppendOutcomeKind.NameTaken, await driver.KindAsync(driver.Start(driver.Mint("a"), "a", now: 4_999)));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("a"), "a", now: 5_000)));
    }

    [Fact]
    public async Task A_change_without_a_status_moves_only_the_wake_time()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        await driver.SendAsync(driver.End(id, 1, stop: 2_000, nameExpiresAt: 5_000));

        await driver.SendAsync(driver.Next(id, 2, row: null, new ExecutionChange(Status: null, StopDate: null, 9_000, NameExpiresAt: null)));

        var row = (await driver.LoadAsync(id))!.Row;
        Assert.Equal((ExecutionStatus.Succeeded, 2_000L, 9_000L), (row.Status, row.StopDate, row.WakeAt));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("a"), "a", now: 5_000)));
    }

    [Fact]
    public async Task Passivation_keeps_the_newest_snapshot_and_loads_only_what_came_after_it_or_everything()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)));
        var sleep = new ExecutionChange(Status: null, StopDate: null, WakeAt: null, NameExpiresAt: null);
        await driver.SendAsync(driver.Next(id, 2, row: null, sleep, new StoredSnapshot(1, JournalDriver.Bytes(50))));

        Assert.Equal(
            AppendOutcomeKind.Appended,
            await driver.KindAsync(driver.Next(id, 2, row: null, sleep, new StoredSnapshot(2, JournalDriver.Bytes(70)))));
        await driver.SendAsync(driver.Next(id, 2, JournalDriver.Row(3)));

        var loaded = await driver.LoadAsync(id);
        Assert.Equal(2, loaded!.Snapshot!.SequenceNr);
        Assert.Equal(JournalDriver.Bytes(70), loaded.Snapshot.Bytes.ToArray());
        Assert.Equal(3, Assert.Single(loaded.Rows).SequenceNr);
        Assert.Null(loaded.Row.WakeAt);

        var whole = await driver.LoadAsync(id, fromSnapshot: false);
        Assert.Null(whole!.Snapshot);
        Assert.Equal([1L, 2L, 3L], whole.Rows.Select(r => r.SequenceNr));
    }

    [Fact]
    public async Task Passivation_that_is_behind_or_fenced_writes_nothing()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a", wakeAt: 0));
        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)));
        var sleep = new ExecutionChange(Status: null, StopDate: null, 50_000, NameExpiresAt: null);
        var snapshot = new StoredSnapshot(1, JournalDriver.Bytes(50));

        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(id, 1, row: null, sleep, snapshot)));
        Assert.Equal(AppendOutcomeKind.Fenced, await driver.KindAsync(driver.Next(id, 2, row: null, sleep, snapshot, epoch: 0)));

        var loaded = await driver.LoadAsync(id);
        Assert.Null(loaded!.Snapshot);
        Assert.Equal(0, loaded.Row.WakeAt);
    }

    private static void AssertSame(ExecutionRow expected, ExecutionRow actual)
    {
        Assert.Equal(expected with { InputHash = default, DefinitionHash = default }, actual with { InputHash = default, DefinitionHash = default });
        Assert.Equal(expected.InputHash.ToArray(), actual.InputHash.ToArray());
        Assert.Equal(expected.DefinitionHash.ToArray(), actual.DefinitionHash.ToArray());
    }
}

public sealed class InMemoryJournalTests : ExecutionJournalContract
{
    protected override StoreUnderTest Open() => StoreUnderTest.InMemory();
}

public sealed class SqliteJournalTests : ExecutionJournalContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Sqlite(_directory);
}

public sealed class PostgresJournalTests : ExecutionJournalContract, IDisposable
{
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Postgres(_database);
}
