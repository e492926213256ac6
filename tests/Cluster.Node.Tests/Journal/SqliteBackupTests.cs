using Cluster.Node.Database;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>Where a backup is put, and that it is there as a whole or not at all.</summary>
public sealed class SqliteBackupTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _outside = new();

    private string Target => Path.Combine(_outside.Path, "deep", "backup");

    public void Dispose()
    {
        _directory.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public async Task A_backup_of_an_open_store_has_all_that_was_acknowledged_and_is_for_its_owner_only()
    {
        using var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var ids = Enumerable.Range(0, 200).Select(i => driver.Mint($"e{i}")).ToList();
        await Task.WhenAll(ids.Select((id, i) => driver.SendAsync(driver.Start(id, $"e{i}"))));

        var outcome = await store.BackUpAsync(Target, CancellationToken.None);

        Assert.Null(outcome.Refusal);
        Assert.Equal(new FileInfo(Path.Combine(Target, SqliteStore.FileName)).Length, outcome.Bytes);
        Assert.Equal(["backup"], Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Target));
        using var copy = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = Target }, out var refusal);
        Assert.Null(refusal);
        Assert.Equal(store.ClusterId, copy!.ClusterId);
        var reader = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(copy));
        foreach (var id in ids)
            Assert.Single((await reader.LoadAsync(id))!.Rows);
    }

    [Fact]
    public async Task A_backup_that_was_cancelled_refused_or_met_a_closing_store_leaves_nothing()
    {
        var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var cancelled = await store.BackUpAsync(Target, new CancellationToken(canceled: true));
        store.Dispose();
        var closed = await store.BackUpAsync(Target, CancellationToken.None);

        Assert.Contains("cancelled", cancelled.Refusal, StringComparison.Ordinal);
        Assert.Contains("no backup was made", closed.Refusal, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    [Fact]
    public async Task What_is_in_the_way_is_named_and_left_alone()
    {
        using var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        Directory.CreateDirectory(Target + NascentDirectory.Suffix);
        var left = await store.BackUpAsync(Target, CancellationToken.None);
        Directory.Delete(Target + NascentDirectory.Suffix);
        await File.WriteAllTextAsync(Target, "a file");
        var file = await store.BackUpAsync(Target, CancellationToken.None);
        File.Delete(Target);
        Directory.CreateDirectory(Target);
        var empty = await store.BackUpAsync(Target, CancellationToken.None);
        var again = await store.BackUpAsync(Target + "/", CancellationToken.None);

        Assert.Contains("left over", left.Refusal, StringComparison.Ordinal);
        Assert.Contains("not empty", file.Refusal, StringComparison.Ordinal);
        Assert.Null(empty.Refusal);
        Assert.Contains("not empty", again.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_a_store_that_takes_nothing_can_be_cancelled()
    {
        using var store = SqliteStore.TryOpen(_directory.Options, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var id = driver.Mint("a");
        for (var last = 0; last < 20; last++)
            await driver.SendAsync(last == 0 ? driver.Start(id, "a") : driver.Next(id, last, JournalDriver.Row(last + 1, length: 1 << 20)));
        store.Writer.LimitSize(40);
        var kept = driver.SendAsync(driver.Next(id, 20, JournalDriver.Row(21, length: 1 << 20)));
        using var stop = new CancellationTokenSource();
        var backup = store.BackUpAsync(Target, stop.Token);
        await stop.CancelAsync();

        Assert.NotNull((await backup.WaitAsync(TimeSpan.FromSeconds(10))).Refusal);
        store.Writer.LimitSize(long.MaxValue);
        Assert.Equal(AppendOutcomeKind.Appended, (await kept).Kind);
    }

    [Fact]
    public void A_directory_that_is_looked_at_is_not_taken_and_one_that_is_taken_is_not_looked_at()
    {
        Assert.Null(DataDirectoryLock.TryHold(_directory.Path, out var refusal));
        Assert.Null(refusal);
        using (SqliteStore.TryOpen(_directory.Options, out _))
        {
            Assert.Null(SqliteAtRest.TryOpen(_directory.Path, out refusal));
            Assert.Contains("is in use by process", refusal, StringComparison.Ordinal);
        }

        using (SqliteAtRest.TryOpen(_directory.Path, out _))
        using (SqliteAtRest.TryOpen(_directory.Path, out refusal))
        {
            Assert.Null(refusal);
            Assert.Null(SqliteStore.TryOpen(_directory.Options, out refusal));
            Assert.Contains("is in use by", refusal, StringComparison.Ordinal);
        }

        SqliteStore.TryOpen(_directory.Options, out _)!.Dispose();
    }
}
