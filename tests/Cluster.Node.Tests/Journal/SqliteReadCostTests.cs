using Cluster.Node.Database.Sqlite;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>Reads look at what they give, not at all there is.</summary>
public sealed class SqliteReadCostTests : IDisposable
{
    private const int Rows = 25_000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_page_of_a_long_history_looks_at_few_pages_wherever_it_is()
    {
        using var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var id = driver.Mint("a");
        var answers = new List<Task> { driver.SendAsync(driver.Start(id, "a", row: JournalDriver.Row(1, 1, 1, length: 300))) };
        for (var last = 1; last < Rows; last++)
            answers.Add(driver.SendAsync(driver.Next(id, last, JournalDriver.Row(last + 1, last + 1, last + 1, length: 300))));
        await Task.WhenAll(answers);

        using var session = SqliteSession.Open(Path.Combine(_directory.Path, SqliteStore.FileName), writable: false, TimeSpan.Zero);
        foreach (var first in new[] { 1, 12_000, Rows - 99 })
        {
            session.TakePagesRead();
            Assert.Equal(100, SqliteLoad.ReadRange(session, id, first, first + 99).Count);
            Assert.InRange(session.TakePagesRead(), 1, 500);
        }

        session.TakePagesRead();
        Assert.Equal(3, SqliteLoad.ReadEach(session, id, [5, 12_000, 24_000]).Count);
        Assert.NotNull(SqliteLoad.ReadLast(session, id));
        Assert.InRange(session.TakePagesRead(), 1, 500);
    }

    [Fact]
    public async Task A_page_of_a_long_list_and_of_many_wakes_looks_at_few_pages_wherever_it_is()
    {
        using var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        const int Count = 10_000;
        var ids = Enumerable.Range(0, Count).Select(i => (Id: driver.Mint($"e{i}", start: i), Name: $"e{i}")).ToList();
        await Task.WhenAll(ids.ConvertAll(e => driver.SendAsync(driver.Start(e.Id, e.Name, wakeAt: 0))));

        using var session = SqliteSession.Open(Path.Combine(_directory.Path, SqliteStore.FileName), writable: false, TimeSpan.Zero);
        foreach (ExecutionStatus? status in new ExecutionStatus?[] { null, ExecutionStatus.Running })
        {
            session.TakePagesRead();
            var page = SqliteLists.ByStart(
                session, JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, status, ids[5_000].Id, 100);
            Assert.Equal(ids[4_999].Id, page[0].Id);
            Assert.Equal(100, page.Count);
            Assert.InRange(session.TakePagesRead(), 1, 1_000);
        }

        session.TakePagesRead();
        var wakes = SqliteLists.ByWake(session, 0, 63, 100, after: null, 10);
        Assert.Equal(10, wakes.Count);
        Assert.Equal(10, SqliteLists.ByWake(session, 0, 63, 100, wakes[^1], 10).Count);
        Assert.InRange(session.TakePagesRead(), 1, 50);
    }

    [Fact]
    public void No_list_sorts()
    {
        using (SqliteStore.TryOpen(_directory.Options, out _))
        {
            using var session = SqliteSession.Open(
                Path.Combine(_directory.Path, SqliteStore.FileName), writable: false, TimeSpan.Zero);
            foreach (var sql in new[] { SqliteLists.OfAll, SqliteLists.OfStatus, SqliteLists.Wakes, SqlitePendingTasks.First, SqlitePendingTasks.After })
            {
                var plan = session.Prepared("EXPLAIN QUERY PLAN " + sql);
                var steps = new List<string>();
                while (plan.Step())
                    steps.Add(plan.Text(3));
                Assert.NotEmpty(steps);
                Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
                Assert.DoesNotContain(steps, step => step.StartsWith("SCAN execution", StringComparison.Ordinal));
                Assert.DoesNotContain(steps, step => step.StartsWith("SCAN pending_task", StringComparison.Ordinal));
            }
        }
    }
}
