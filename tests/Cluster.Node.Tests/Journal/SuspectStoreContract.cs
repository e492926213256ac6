using System.Globalization;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What every store remembers of the executions that processes ended over.</summary>
[Trait("Suite", "Contract")]
public abstract class SuspectStoreContract
{
    private const long Day = 24L * 60 * 60 * 1000;
    private static readonly long MemoryMilliseconds = (long)ISuspectStore.Memory.TotalMilliseconds;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task Three_crashes_of_different_incarnations_quarantine_an_execution()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = await StartAsync(driver, "a");
        var other = await StartAsync(driver, "b");

        foreach (var (incarnation, crashes) in new[] { (71L, 1), (72L, 2), (72L, 2), (73L, 3) })
        {
            Assert.Empty(await QuarantinedAsync(store));
            await BookAsync(store, incarnation, 5_000 + incarnation, id);
            Assert.Equal(crashes, (await driver.LoadAsync(id))!.Crashes);
        }

        var found = Assert.Single(await QuarantinedAsync(store));
        Assert.Equal((id, "a", 3, 5_073L), (found.Row.Id, found.Row.Name, found.Crashes, found.Since));
        Assert.Equal(0, (await driver.LoadAsync(other))!.Crashes);
    }

    [Fact]
    public async Task A_quarantined_execution_is_loaded_without_what_it_would_be_rebuilt_from()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = await StartAsync(driver, "a");
        await driver.SendAsync(driver.Next(
            id, 1, row: null, new ExecutionChange(null, null, 0, null), new StoredSnapshot(1, JournalDriver.Bytes(9))));
        await QuarantineAsync(store, id);

        var loaded = (await driver.LoadAsync(id))!;
        Assert.Equal((0, true, "a"), (loaded.Rows.Count, loaded.Snapshot is null, loaded.Row.Name));

        Assert.Equal(3, await store.Suspects.ReleaseAsync(id, CancellationToken.None));
        loaded = (await driver.LoadAsync(id))!;
        Assert.Equal((0, 1L), (loaded.Crashes, loaded.Snapshot!.SequenceNr));
        Assert.Single((await driver.LoadAsync(id, fromSnapshot: false))!.Rows);
        Assert.Empty(await QuarantinedAsync(store));
        Assert.Equal(0, await store.Suspects.ReleaseAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task One_whose_start_never_committed_is_not_booked_and_the_others_are()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var id = driver.Mint("a");
        for (var incarnation = 1; incarnation <= 3; incarnation++)
            await BookAsync(store, incarnation, 1_000, id);
        await driver.SendAsync(driver.Start(id, "a"));
        var other = await StartAsync(driver, "b");
        await BookAsync(store, 4, 1_000, driver.Mint("c"), other);

        Assert.Equal(0, (await driver.LoadAsync(id))!.Crashes);
        Assert.Equal(1, (await driver.LoadAsync(other))!.Crashes);
    }

    [Fact]
    public async Task Quarantined_executions_are_listed_by_bucket_in_pages()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var ids = new List<ExecutionId>();
        for (var i = 0; i < 7; i++)
            ids.Add(await StartAsync(driver, string.Create(CultureInfo.InvariantCulture, $"e{i}")));
        await QuarantineAsync(store, [.. ids]);
        ids.Sort();

        var first = await store.Suspects.ReadQuarantinedAsync(0, Buckets.Count - 1, after: null, 5, CancellationToken.None);
        var rest = await store.Suspects.ReadQuarantinedAsync(0, Buckets.Count - 1, first[^1].Row.Id, 5, CancellationToken.None);
        Assert.Equal(ids, first.Concat(rest).Select(found => found.Row.Id));
        Assert.Equal(5, first.Count);
        foreach (var id in ids)
        {
            var own = await store.Suspects.ReadQuarantinedAsync(id.Bucket, id.Bucket, after: null, 10, CancellationToken.None);
            Assert.Equal(ids.Where(other => other.Bucket == id.Bucket), own.Select(found => found.Row.Id));
        }
    }

    [Fact]
    public async Task A_suspicion_is_forgotten_when_its_execution_has_ended_or_it_is_old_but_never_a_quarantine()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(store);
        var ended = await StartAsync(driver, "ended");
        var old = await StartAsync(driver, "old");
        var recent = await StartAsync(driver, "recent");
        var quarantined = await StartAsync(driver, "quarantined");
        await BookAsync(store, 1, Day, ended, old, recent, quarantined);
        await BookAsync(store, 2, Day + 1, quarantined, recent);
        await BookAsync(store, 3, Day + 2, quarantined);
        await driver.SendAsync(driver.End(ended, 1, stop: 2_000, nameExpiresAt: 3_000));

        await BookAsync(store, 4, Day + MemoryMilliseconds + 1);

        Assert.Equal(0, (await driver.LoadAsync(ended))!.Crashes);
        Assert.Equal(0, (await driver.LoadAsync(old))!.Crashes);
        Assert.Equal(2, (await driver.LoadAsync(recent))!.Crashes);
        await BookAsync(store, 5, Day + (2 * MemoryMilliseconds));
        Assert.Equal(0, (await driver.LoadAsync(recent))!.Crashes);
        Assert.Equal(quarantined, Assert.Single(await QuarantinedAsync(store)).Row.Id);
    }

    private static async Task<ExecutionId> StartAsync(JournalDriver driver, string name)
    {
        var id = driver.Mint(name);
        await driver.SendAsync(driver.Start(id, name));
        return id;
    }

    private static async Task QuarantineAsync(StoreUnderTest store, params ExecutionId[] ids)
    {
        for (var incarnation = 1; incarnation <= ISuspectStore.Crashes; incarnation++)
            await BookAsync(store, incarnation, 1_000, ids);
    }

    private static async Task BookAsync(StoreUnderTest store, long incarnation, long at, params ExecutionId[] ids) =>
        await store.Suspects.BookAsync(ids, incarnation, at, CancellationToken.None);

    private static ValueTask<IReadOnlyList<QuarantinedExecution>> QuarantinedAsync(StoreUnderTest store) =>
        store.Suspects.ReadQuarantinedAsync(0, Buckets.Count - 1, after: null, 100, CancellationToken.None);
}

public sealed class InMemorySuspectStoreTests : SuspectStoreContract
{
    protected override StoreUnderTest Open() => StoreUnderTest.InMemory();
}

public sealed class SqliteSuspectStoreTests : SuspectStoreContract, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Sqlite(_directory);
}

public sealed class PostgresSuspectStoreTests : SuspectStoreContract, IDisposable
{
    private readonly PostgresDatabase _database = new();

    public void Dispose() => _database.Dispose();

    protected override StoreUnderTest Open() => StoreUnderTest.Postgres(_database);
}
