using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What every store answers without an actor.</summary>
[Trait("Suite", "Contract")]
public abstract class ExecutionQueriesContract
{
    private const int LongHistory = 25_000;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task An_execution_is_found_by_name_and_by_id()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));

        Assert.Equal(id, (await FindAsync(store, "a"))!.Id);
        Assert.Equal("a", (await store.Queries.GetAsync(id, CancellationToken.None))!.Name);
        Assert.Null(await FindAsync(store, "A"));
        Assert.Null(await store.Queries.GetAsync(driver.Mint("a"), CancellationToken.None));
    }

    [Fact]
    public async Task A_name_whose_time_is_over_still_leads_to_its_execution()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        await driver.SendAsync(driver.End(id, 1, stop: 2_000, nameExpiresAt: 2_001));

        Assert.Equal(id, (await FindAsync(store, "a"))!.Id);
    }

    [Fact]
    public async Task Executions_are_listed_newest_first_in_pages()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var ids = await StartManyAsync(driver, 25);

        var pages = new List<ExecutionRow>();
        ExecutionId? after = null;
        while (true)
        {
            var page = await ListAsync(store, status: null, after, 10);
            if (page.Count == 0)
                break;
            Assert.True(page.Count <= 10);
            pages.AddRange(page);
            after = page[^1].Id;
        }

        Assert.Equal(Enumerable.Reverse(ids), pages.Select(row => row.Id));
    }

    [Fact]
    public async Task A_list_of_one_status_has_only_that()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var ids = await StartManyAsync(driver, 9);
        foreach (var id in ids.Where((_, i) => i % 3 == 0))
            await driver.SendAsync(driver.End(id, 1, stop: 90_000, nameExpiresAt: 99_000));

        var ended = await ListAsync(store, ExecutionStatus.Succeeded, after: null, 100);
        var open = await ListAsync(store, ExecutionStatus.Running, after: null, 100);

        Assert.Equal([ids[6], ids[3], ids[0]], ended.Select(row => row.Id));
        Assert.All(ended, row => Assert.Equal(90_000, row.StopDate));
        Assert.Equal(6, open.Count);
        Assert.Empty(await ListAsync(store, ExecutionStatus.Aborted, after: null, 100));
        Assert.Equal(9, (await ListAsync(store, status: null, after: null, 100)).Count);
        Assert.Equal([ids[3], ids[0]], (await ListAsync(store, ExecutionStatus.Succeeded, ids[6], 100)).Select(row => row.Id));
    }

    [Fact]
    public async Task Lists_of_machines_do_not_mix()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        await driver.SendAsync(driver.Start(driver.Mint("a", machine: "m2"), "a", machine: "m2"));

        Assert.Empty(await ListAsync(store, status: null, after: null, 10));
        Assert.Single(await store.Queries.ListAsync(
            JournalDriver.Account, JournalDriver.Region, "m2", null, null, 10, CancellationToken.None));
        Assert.Empty(await store.Queries.ListAsync("000000000000", JournalDriver.Region, "m2", null, null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task History_is_paged_both_ways_over_rows_of_many_sizes()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var rows = await AppendHistoryAsync(driver, id);

        foreach (var (first, last) in new[] { (1L, 1L), (1, 100), (99, 101), (12_345, 12_999), (24_001, 25_000), (25_000, 25_000) })
        {
            var expected = rows.Where(row => row.LastHistoryId >= first && row.FirstHistoryId <= last && row.LastHistoryId > 0);
            var read = await store.Queries.ReadHistoryAsync(id, first, last, CancellationToken.None);
            Assert.Equal(expected.Select(row => row.SequenceNr), read.Select(row => row.SequenceNr));
            Assert.Equal(expected.Select(row => row.FirstHistoryId), read.Select(row => row.FirstHistoryId));
        }

        Assert.Empty(await store.Queries.ReadHistoryAsync(id, LongHistory + 1, LongHistory + 100, CancellationToken.None));
        Assert.Empty(await store.Queries.ReadHistoryAsync(driver.Mint("b"), 1, 100, CancellationToken.None));
        Assert.Equal(LongHistory, (await store.Queries.ReadLastAsync(id, CancellationToken.None))!.LastHistoryId);
    }

    [Fact]
    public async Task Single_history_ids_are_read_once_for_each_row()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var rows = await AppendHistoryAsync(driver, id);
        long[] wanted = [20_000, 3, 4, 3, 12_000, LongHistory + 5];

        var read = await store.Queries.ReadHistoryAsync(id, wanted, CancellationToken.None);

        var expected = rows.Where(row => row.LastHistoryId > 0 && wanted.Any(i => i >= row.FirstHistoryId && i <= row.LastHistoryId));
        Assert.Equal(expected.Select(row => row.SequenceNr), read.Select(row => row.SequenceNr));
    }

    [Fact]
    public async Task The_last_row_of_a_history_is_the_last_that_shows_something()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a", row: JournalDriver.Row(1)));
        Assert.Null(await store.Queries.ReadLastAsync(id, CancellationToken.None));

        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2, 1, 3)));
        await driver.SendAsync(driver.Next(id, 2, JournalDriver.Row(3)));
        await driver.SendAsync(driver.Next(id, 3, JournalDriver.Row(4)));

        Assert.Equal(2, (await store.Queries.ReadLastAsync(id, CancellationToken.None))!.SequenceNr);
        Assert.Null(await store.Queries.ReadLastAsync(driver.Mint("b"), CancellationToken.None));
    }

    [Fact]
    public async Task Wakes_are_read_earliest_first_in_pages_of_a_range_of_buckets()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var wakes = new List<WakeEntry>();
        for (var i = 0; i < 300; i++)
        {
            var id = driver.Mint($"e{i}");
            long? wakeAt = i % 10 == 0 ? null : i % 7 * 100;
            await driver.SendAsync(driver.Start(id, $"e{i}", wakeAt: wakeAt));
            if (wakeAt is { } at)
                wakes.Add(new WakeEntry(id, at));
        }

        foreach (var (first, last) in new[] { (0, 4095), (0, 63), (100, 1_000), (4_032, 4_095) })
        {
            var expected = wakes
                .Where(wake => wake.WakeAt <= 300 && wake.Id.Bucket >= first && wake.Id.Bucket <= last)
                .OrderBy(wake => wake.WakeAt).ThenBy(wake => wake.Id);
            Assert.Equal(expected, await ReadWakesAsync(store, first, last, 300, 7));
        }
    }

    [Fact]
    public async Task An_execution_leaves_the_wakes_when_its_wake_time_goes_and_comes_back_with_it()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a", wakeAt: 500));
        Assert.Equal([new WakeEntry(id, 500)], await ReadWakesAsync(store, 0, 4_095, 1_000, 10));

        await driver.SendAsync(driver.Next(id, 1, row: null, new ExecutionChange(null, null, 200, null)));
        Assert.Equal([new WakeEntry(id, 200)], await ReadWakesAsync(store, 0, 4_095, 1_000, 10));

        await driver.SendAsync(driver.Next(id, 1, row: null, new ExecutionChange(ExecutionStatus.Succeeded, 9, 0, 99)));
        Assert.Equal([new WakeEntry(id, 0)], await ReadWakesAsync(store, 0, 4_095, 1_000, 10));

        await driver.SendAsync(driver.Next(id, 1, row: null, new ExecutionChange(null, null, null, null)));
        Assert.Empty(await ReadWakesAsync(store, 0, 4_095, 1_000, 10));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_or_with_its_answer()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        await driver.SendAsync(driver.Start(driver.Mint("a"), "a"));

        var exception = await Record.ExceptionAsync(async () => await store.Queries.FindAsync(
            JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, "a", new CancellationToken(canceled: true)));

        Assert.True(exception is null or OperationCanceledException);
    }

    private static async Task<List<ExecutionId>> StartManyAsync(JournalDriver driver, int count)
    {
        var ids = new List<ExecutionId>();
        for (var i = 0; i < count; i++)
        {
            var id = driver.Mint($"e{i}", start: 1_000 + i);
            ids.Add(id);
            await driver.SendAsync(driver.Start(id, $"e{i}"));
        }

        return ids;
    }

    /// <summary>A history of 25,000 events in rows of 1 to 9 events, each fourth row showing nothing.</summary>
    private static async Task<List<JournalRow>> AppendHistoryAsync(JournalDriver driver, ExecutionId id)
    {
        var rows = new List<JournalRow> { JournalDriver.Row(1, 1, 2) };
        var answers = new List<Task<AppendOutcome>> { driver.SendAsync(driver.Start(id, "a", row: rows[0])) };
        for (var last = 2L; last < LongHistory;)
        {
            var nr = rows.Count + 1;
            var events = nr % 4 == 0 ? 0 : Math.Min((nr % 9) + 1, LongHistory - last);
            rows.Add(JournalDriver.Row(nr, events == 0 ? 0 : last + 1, events == 0 ? 0 : last + events));
            last += events;
            answers.Add(driver.SendAsync(driver.Next(id, nr - 1, rows[^1])));
        }

        Assert.All(await Task.WhenAll(answers), outcome => Assert.Equal(AppendOutcomeKind.Appended, outcome.Kind));
        return rows;
    }

    private static async Task<List<WakeEntry>> ReadWakesAsync(StoreUnderTest store, int first, int last, long until, int limit)
    {
        var all = new List<WakeEntry>();
        WakeEntry? after = null;
        while (true)
        {
            var page = await store.Queries.ReadWakesAsync(first, last, until, after, limit, CancellationToken.None);
            if (page.Count == 0)
                return all;
            Assert.True(page.Count <= limit);
            all.AddRange(page);
            after = page[^1];
        }
    }

    private static ValueTask<ExecutionRow?> FindAsync(StoreUnderTest store, string name) => store.Queries.FindAsync(
        JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, name, CancellationToken.None);

    private static ValueTask<IReadOnlyList<ExecutionRow>> ListAsync(
        StoreUnderTest store, ExecutionStatus? status, ExecutionId? after, int limit) => store.Queries.ListAsync(
            JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, status, after, limit, CancellationToken.None);
}

public sealed class InMemoryQueriesTests : ExecutionQueriesContract
{
    protected override StoreUnderTest Open() => StoreUnderTest.InMemory();
}

public sealed class SqliteQueriesTests : ExecutionQueriesContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Sqlite(_directory);
}

public sealed class PostgresQueriesTests : ExecutionQueriesContract, IDisposable
{
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Postgres(_database);
}
