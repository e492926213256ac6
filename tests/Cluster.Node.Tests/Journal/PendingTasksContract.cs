using System.Globalization;
using Cluster.Node.Journal;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What every store does with the tasks of activities that wait for a worker.</summary>
[Trait("Suite", "Contract")]
public abstract class PendingTasksContract
{
    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task A_task_waits_from_the_append_that_offers_it_until_the_one_that_withdraws_it()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var task = JournalDriver.Task(id, 5, scope: "/1.0.3/2.1.0", visit: 7, attempt: 2);
        await driver.SendAsync(driver.Start(id, "a"));
        Assert.Empty(await JournalDriver.PendingAsync(store.Pending));

        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Offered = [task] }));
        Assert.Equal([task], await JournalDriver.PendingAsync(store.Pending));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(3)) with { Withdrawn = [task] }));

        Assert.Empty(await JournalDriver.PendingAsync(store.Pending));
        Assert.Equal([1L, 2, 3], (await driver.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_a_change_and_an_end_offer_and_withdraw_as_well(bool together)
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        var (first, second) = (JournalDriver.Task(a, 5), JournalDriver.Task(a, 5, visit: 2));
        var sooner = new ExecutionChange(Status: null, StopDate: null, 3_000, NameExpiresAt: null);

        await SendAsync(driver.Start(a, "a") with { Offered = [first] }, driver.Start(b, "b"));
        Assert.Equal([first], await JournalDriver.PendingAsync(store.Pending));
        await SendAsync(driver.Next(a, 1, JournalDriver.Row(2), sooner) with { Withdrawn = [first] }, driver.Next(b, 1, JournalDriver.Row(2)));
        Assert.Empty(await JournalDriver.PendingAsync(store.Pending));
        await SendAsync(driver.Next(a, 2, JournalDriver.Row(3), sooner) with { Offered = [second] }, driver.Next(b, 2, JournalDriver.Row(3)));
        Assert.Equal([second], await JournalDriver.PendingAsync(store.Pending));
        await SendAsync(driver.End(a, 3, stop: 2_000, nameExpiresAt: 5_000) with { Withdrawn = [second] }, driver.Next(b, 3, JournalDriver.Row(4)));
        Assert.Empty(await JournalDriver.PendingAsync(store.Pending));

        var row = (await driver.LoadAsync(a))!.Row;
        Assert.Equal((ExecutionStatus.Succeeded, 2_000L, null), (row.Status, row.StopDate, row.WakeAt));

        async Task SendAsync(AppendRequest request, AppendRequest other)
        {
            var answers = together ? [driver.SendAsync(request), driver.SendAsync(other)] : new[] { driver.SendAsync(request) };
            Assert.All(await Task.WhenAll(answers), outcome => Assert.Equal(AppendOutcomeKind.Appended, outcome.Kind));
            if (!together)
                Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(other));
        }
    }

    [Fact]
    public async Task Several_tasks_are_offered_and_withdrawn_at_once()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var tasks = Enumerable.Range(0, 40).Select(i => JournalDriver.Task(id, 5, scope: Branch(i))).OrderBy(task => task.Scope, StringComparer.Ordinal).ToList();
        await driver.SendAsync(driver.Start(id, "a") with { Offered = [.. tasks] });
        Assert.Equal(tasks, await JournalDriver.PendingAsync(store.Pending));

        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Withdrawn = tasks[..30], Offered = [JournalDriver.Task(id, 6)] });

        Assert.Equal([.. tasks[30..], JournalDriver.Task(id, 6)], await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task A_task_that_is_offered_and_withdrawn_in_one_append_does_not_wait()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var (gone, kept) = (JournalDriver.Task(id, 5), JournalDriver.Task(id, 5, attempt: 1));

        await driver.SendAsync(driver.Start(id, "a") with { Offered = [gone, kept], Withdrawn = [gone] });

        Assert.Equal([kept], await JournalDriver.PendingAsync(store.Pending));
        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Offered = [kept], Withdrawn = [kept] });
        Assert.Empty(await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task What_is_there_may_be_offered_and_what_is_not_there_withdrawn()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var (there, missing) = (JournalDriver.Task(id, 5), JournalDriver.Task(id, 6));
        await driver.SendAsync(driver.Start(id, "a") with { Offered = [there, there] });

        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Offered = [there] }));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 2, JournalDriver.Row(3)) with { Withdrawn = [missing] }));
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 3, JournalDriver.Row(4)) with { Offered = [there], Withdrawn = [missing] }));

        Assert.Equal([there], await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task An_append_without_a_row_offers_and_withdraws_too()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var (old, fresh) = (JournalDriver.Task(id, 5), JournalDriver.Task(id, 6));
        await driver.SendAsync(driver.Start(id, "a") with { Offered = [old] });

        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 1, row: null) with { Offered = [fresh], Withdrawn = [old] }));

        Assert.Equal([fresh], await JournalDriver.PendingAsync(store.Pending));
        Assert.Single((await driver.LoadAsync(id))!.Rows);
        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(id, 0, row: null) with { Withdrawn = [fresh] }));
        Assert.Equal(AppendOutcomeKind.Fenced, await driver.KindAsync(driver.Next(id, 1, row: null, epoch: 0) with { Withdrawn = [fresh] }));
        Assert.Equal([fresh], await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task A_refused_append_touches_no_task()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var task = JournalDriver.Task(id, 5);
        await driver.SendAsync(driver.Start(id, "a") with { Offered = [task] });
        var other = JournalDriver.Task(id, 6);

        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(id, 4, JournalDriver.Row(5)) with { Offered = [other] }));
        Assert.Equal(AppendOutcomeKind.Conflict, await driver.KindAsync(driver.Next(id, 0, JournalDriver.Row(1)) with { Withdrawn = [task] }));
        Assert.Equal(AppendOutcomeKind.Fenced, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2), epoch: 0) with { Offered = [other] }));
        Assert.Equal(AppendOutcomeKind.Fenced, await driver.KindAsync(driver.Next(id, 1, JournalDriver.Row(2), epoch: 0) with { Withdrawn = [task], Offered = [other] }));
        var late = driver.Mint("a");
        Assert.Equal(AppendOutcomeKind.NameTaken, await driver.KindAsync(driver.Start(late, "a") with { Offered = [JournalDriver.Task(late, 7)] }));

        Assert.Equal([task], await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task Of_a_good_a_conflicting_a_fenced_and_a_refused_start_together_only_the_good_offer_and_withdraw()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var ids = Enumerable.Range(0, 5).Select(i => driver.Mint(Name(i))).ToList();
        var waiting = ids.ConvertAll(id => JournalDriver.Task(id, 5));
        var offered = ids.ConvertAll(id => JournalDriver.Task(id, 6));
        foreach (var i in Enumerable.Range(0, 5))
            await driver.SendAsync(driver.Start(ids[i], Name(i)) with { Offered = [waiting[i]] });
        var late = driver.Mint(Name(0));

        Task<AppendOutcome>[] answers =
        [
            driver.SendAsync(driver.Next(ids[0], 1, JournalDriver.Row(2)) with { Offered = [offered[0]] }),
            driver.SendAsync(driver.Next(ids[1], 5, JournalDriver.Row(6)) with { Offered = [offered[1]], Withdrawn = [waiting[1]] }),
            driver.SendAsync(driver.Next(ids[2], 1, JournalDriver.Row(2), epoch: 0) with { Offered = [offered[2]], Withdrawn = [waiting[2]] }),
            driver.SendAsync(driver.Start(late, Name(0)) with { Offered = [JournalDriver.Task(late, 6)] }),
            driver.SendAsync(driver.Next(ids[3], 1, JournalDriver.Row(2)) with { Withdrawn = [waiting[3]] }),
            driver.SendAsync(driver.Next(ids[4], 1, row: null) with { Offered = [offered[4]], Withdrawn = [waiting[4]] }),
        ];

        Assert.Equal(
            [
                AppendOutcomeKind.Appended, AppendOutcomeKind.Conflict, AppendOutcomeKind.Fenced, AppendOutcomeKind.NameTaken,
                AppendOutcomeKind.Appended, AppendOutcomeKind.Appended,
            ],
            (await Task.WhenAll(answers)).Select(outcome => outcome.Kind));
        PendingTask[] left = [waiting[0], waiting[1], waiting[2], offered[0], offered[4]];
        Assert.Equal(left.Order(PendingTask.Order), await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task One_execution_withdraws_while_another_offers_to_the_same_activity()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        var (old, fresh) = (JournalDriver.Task(a, 5), JournalDriver.Task(b, 5));
        await driver.SendAsync(driver.Start(a, "a") with { Offered = [old] });
        await driver.SendAsync(driver.Start(b, "b"));

        await Task.WhenAll(
            driver.SendAsync(driver.Next(a, 1, JournalDriver.Row(2)) with { Withdrawn = [old] }),
            driver.SendAsync(driver.Next(b, 1, JournalDriver.Row(2)) with { Offered = [fresh] }));

        Assert.Equal([fresh], await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task Tasks_are_read_oldest_first_and_of_one_time_by_id_scope_visit_and_attempt()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (a, b) = (driver.Mint("a", start: 2_000), driver.Mint("b", start: 1_000));
        PendingTask[] ofA =
        [
            JournalDriver.Task(a, 4), JournalDriver.Task(a, 5), JournalDriver.Task(a, 5, attempt: 10), JournalDriver.Task(a, 5, attempt: 9),
            JournalDriver.Task(a, 5, visit: 10), JournalDriver.Task(a, 5, visit: 9), JournalDriver.Task(a, 5, scope: "/1.0.10"),
            JournalDriver.Task(a, 5, scope: "/1.0.9"), JournalDriver.Task(a, 5, scope: "/1.0.1/1.0.0"), JournalDriver.Task(a, -1),
        ];
        PendingTask[] ofB = [JournalDriver.Task(b, 5), JournalDriver.Task(b, 6)];
        await driver.SendAsync(driver.Start(a, "a") with { Offered = ofA });
        await driver.SendAsync(driver.Start(b, "b") with { Offered = ofB });

        Assert.Equal(
            [
                ofA[9], ofA[0], ofB[0], ofA[1], ofA[3], ofA[2], ofA[5], ofA[4], ofA[8], ofA[6], ofA[7], ofB[1],
            ],
            await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task Pages_follow_each_other_whatever_comes_and_goes_between_them()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var tasks = Enumerable.Range(0, 25).Select(i => JournalDriver.Task(id, 100 + (i / 3), scope: Branch(10 + i))).ToList();
        await driver.SendAsync(driver.Start(id, "a") with { Offered = tasks });

        var first = await JournalDriver.PendingAsync(store.Pending, limit: 10);
        Assert.Equal(tasks[..10], first);
        var early = JournalDriver.Task(id, 1);
        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Withdrawn = [tasks[9], tasks[10]], Offered = [early] });
        var second = await JournalDriver.PendingAsync(store.Pending, after: first[^1], limit: 10);
        Assert.Equal(tasks[11..21], second);
        var third = await JournalDriver.PendingAsync(store.Pending, after: second[^1], limit: 10);
        Assert.Equal(tasks[21..], third);
        Assert.Empty(await JournalDriver.PendingAsync(store.Pending, after: third[^1], limit: 10));
        Assert.Equal([early, tasks[0]], await JournalDriver.PendingAsync(store.Pending, limit: 2));
    }

    [Fact]
    public async Task Activities_regions_and_accounts_have_tasks_of_their_own()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        var task = JournalDriver.Task(id, 5);
        PendingTask[] others = [task with { Activity = "Packing" }, task with { Activity = "packing-é" }, task with { Region = "eu-west-1" }, task with { Account = "000000000000" }];
        await driver.SendAsync(driver.Start(id, "a") with { Offered = [task, .. others] });

        Assert.Equal([task], await JournalDriver.PendingAsync(store.Pending));
        foreach (var other in others)
            Assert.Equal([other], await store.Pending.ReadPendingAsync(other.Account, other.Region, other.Activity, after: null, 10, CancellationToken.None));
        Assert.Empty(await JournalDriver.PendingAsync(store.Pending, "pack"));
        await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Withdrawn = [others[0]] });
        Assert.Equal([task], await JournalDriver.PendingAsync(store.Pending));
        Assert.Empty(await JournalDriver.PendingAsync(store.Pending, "Packing"));
    }

    [Fact]
    public async Task Many_appends_at_once_leave_the_tasks_that_they_should()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var ids = Enumerable.Range(0, 700).Select(i => driver.Mint(Name(i))).ToList();
        var tasks = ids.ConvertAll(id => JournalDriver.Task(id, 5));
        await Task.WhenAll(ids.Select((id, i) => driver.SendAsync(driver.Start(id, Name(i)) with { Offered = [tasks[i]] })));
        Assert.Equal(tasks.Order(PendingTask.Order), await JournalDriver.PendingAsync(store.Pending));

        await Task.WhenAll(ids.Select((id, i) => driver.SendAsync(
            i % 7 == 0 ? driver.Next(id, 1, JournalDriver.Row(2)) : driver.Next(id, 1, JournalDriver.Row(2)) with { Withdrawn = [tasks[i]] })));

        Assert.Equal(tasks.Where((_, i) => i % 7 == 0).Order(PendingTask.Order), await JournalDriver.PendingAsync(store.Pending));
    }

    [Fact]
    public async Task An_append_that_names_tasks_of_another_execution_is_a_mistake()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        await driver.SendAsync(driver.Start(a, "a") with { Offered = [JournalDriver.Task(a, 5)] });

        Assert.Throws<ArgumentException>(() => store.Journal.Append(driver.Start(b, "b") with { Withdrawn = [JournalDriver.Task(a, 5)] }));
        Assert.Throws<ArgumentException>(() => store.Journal.Append(driver.Start(b, "b") with { Offered = [JournalDriver.Task(a, 6)] }));

        Assert.Single(await JournalDriver.PendingAsync(store.Pending));
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"e{i}");

    private static string Branch(int i) => string.Create(CultureInfo.InvariantCulture, $"/1.0.{i}");
}

public sealed class InMemoryPendingTasksTests : PendingTasksContract
{
    protected override StoreUnderTest Open() => StoreUnderTest.InMemory();
}

public sealed class SqlitePendingTasksTests : PendingTasksContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Sqlite(_directory);

    [Fact]
    public async Task What_waits_is_there_after_a_reopening()
    {
        PendingTask task;
        using (var store = Open())
        {
            var driver = await JournalDriver.AcquireAsync(store);
            var id = driver.Mint("a");
            task = JournalDriver.Task(id, 5);
            await driver.SendAsync(driver.Start(id, "a") with { Offered = [task, JournalDriver.Task(id, 6)] });
            await driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2)) with { Withdrawn = [JournalDriver.Task(id, 6)] });
        }

        using var again = Open();
        Assert.Equal([task], await JournalDriver.PendingAsync(again.Pending));
    }
}

public sealed class PostgresPendingTasksTests : PendingTasksContract, IDisposable
{
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Postgres(_database);

    [Fact]
    public async Task What_waits_is_there_for_the_next_store_and_its_withdrawal_too()
    {
        PendingTask task;
        using (var store = Open())
        {
            var driver = await JournalDriver.AcquireAsync(store);
            task = JournalDriver.Task(driver.Mint("a"), 5);
            await driver.SendAsync(driver.Start(task.Id, "a") with { Offered = [task] });
        }

        using var next = Open();
        Assert.Equal([task], await JournalDriver.PendingAsync(next.Pending));
        var taker = await JournalDriver.AcquireAsync(next);
        await taker.SendAsync(taker.Next(task.Id, 1, JournalDriver.Row(2)) with { Withdrawn = [task] });
        Assert.Empty(await JournalDriver.PendingAsync(next.Pending));
    }

    /// <summary>The statements are planned when the table is empty, and a plan is kept.</summary>
    [Fact]
    public async Task Rows_are_found_by_the_key_however_many_there_are()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var (a, b) = (driver.Mint("a"), driver.Mint("b"));
        await Task.WhenAll(driver.SendAsync(driver.Start(a, "a") with { Offered = [JournalDriver.Task(a, 5)] }), driver.SendAsync(driver.Start(b, "b")));
        await driver.SendAsync(driver.Next(a, 1, JournalDriver.Row(2)) with { Offered = [JournalDriver.Task(a, 6)], Withdrawn = [JournalDriver.Task(a, 5)] });
        const int Others = 100_000;
        _database.Query($"""
            INSERT INTO pending_task SELECT '{JournalDriver.Account}', '{JournalDriver.Region}', '{JournalDriver.Activity}', i, gen_random_uuid(), '', 1, 0
            FROM generate_series(1, {Others}) i
            """);
        var before = await FetchedAsync(1);

        for (var round = 0; round < 10; round++)
        {
            await driver.SendAsync(driver.Next(a, 2 + round, JournalDriver.Row(3 + round)) with
            {
                Offered = [JournalDriver.Task(a, 7 + round)],
                Withdrawn = [JournalDriver.Task(a, 6 + round)],
            });
        }

        Assert.InRange(await FetchedAsync(2) - before, 10, 100);
        Assert.Equal((Others + 1).ToString(CultureInfo.InvariantCulture), _database.Query("SELECT count(*) FROM pending_task"));

        // What the writer's statements have looked at. Its session tells the server with a statement that ends a second after the last time.
        async Task<long> FetchedAsync(long sequenceNr)
        {
            _database.Query("SELECT pg_sleep(1.1)");
            await driver.SendAsync(driver.Next(b, sequenceNr, JournalDriver.Row(sequenceNr + 1)));
            return long.Parse(
                _database.Query("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'pending_task'"),
                CultureInfo.InvariantCulture);
        }
    }
}
