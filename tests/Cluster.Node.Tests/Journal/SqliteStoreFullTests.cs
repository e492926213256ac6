using Cluster.Node.Database;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Node.StateMachines;
using Cluster.Node.StateMachines.Sqlite;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>A store that takes nothing more, until it does again.</summary>
public sealed class SqliteStoreFullTests : IDisposable
{
    private const int Big = 1024 * 1024;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_full_store_refuses_starts_keeps_the_rest_answers_reads_and_goes_on_when_there_is_room()
    {
        using var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        store.Writer.LimitSize(40);

        var kept = driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2, length: Big)));
        var refused = await driver.SendAsync(driver.Start(driver.Mint("b"), "b", row: JournalDriver.Row(1, 1, 2, Big)));
        var machine = await Record.ExceptionAsync(async () => await new SqliteStateMachineStore(store).CreateAsync(
            Machine(), "{}" + new string(' ', Big), TagSet.NoTags, CancellationToken.None));

        Assert.Equal(AppendOutcomeKind.Unavailable, refused.Kind);
        Assert.IsType<StoreUnavailableException>(machine);
        Assert.False(kept.IsCompleted);
        Assert.Single((await driver.LoadAsync(id))!.Rows);
        Assert.Null(await store.FindAsync(
            JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, "b", CancellationToken.None));
        Assert.True(store.Statistics.Failures > 0);

        store.Writer.LimitSize(long.MaxValue);

        Assert.Equal(AppendOutcomeKind.Appended, (await kept).Kind);
        Assert.Equal(2, (await driver.LoadAsync(id))!.Rows.Count);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("b"), "b")));
    }

    [Fact]
    public async Task A_batch_that_was_undone_is_judged_anew()
    {
        using var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        store.Writer.LimitSize(40);

        Task<AppendOutcome>[] answers =
        [
            driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2))),
            driver.SendAsync(driver.Next(id, 2, JournalDriver.Row(3, length: Big))),
            driver.SendAsync(driver.Next(id, 3, JournalDriver.Row(4))),
            driver.SendAsync(driver.Next(id, 3, JournalDriver.Row(4))),
        ];
        Assert.Equal(
            AppendOutcomeKind.Unavailable,
            await driver.KindAsync(driver.Start(driver.Mint("b"), "b", row: JournalDriver.Row(1, 1, 2, Big))));
        store.Writer.LimitSize(long.MaxValue);

        Assert.Equal(
            [AppendOutcomeKind.Appended, AppendOutcomeKind.Appended, AppendOutcomeKind.Appended, AppendOutcomeKind.Conflict],
            (await Task.WhenAll(answers)).Select(outcome => outcome.Kind));
        Assert.Equal([1L, 2, 3, 4], (await driver.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
    }

    [Fact]
    public async Task Closing_a_full_store_ends_and_says_of_the_rest_that_it_is_unknown()
    {
        var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        store.Writer.LimitSize(40);
        var kept = driver.SendAsync(driver.Next(id, 1, JournalDriver.Row(2, length: Big)));

        store.Dispose();

        Assert.Equal(AppendOutcomeKind.Unknown, (await kept).Kind);
    }

    private static StateMachineRow Machine() => new()
    {
        Account = JournalDriver.Account,
        Region = JournalDriver.Region,
        Name = "m",
        Type = "STANDARD",
        RoleArn = "arn",
        DefinitionHash = JournalDriver.Bytes(32),
        CreationDate = 1,
        UpdateDate = 1,
    };
}
