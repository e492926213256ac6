using System.Globalization;
using Cluster.Node.Database.Sqlite;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Protocol.Errors;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>A file that is no more what was written: what is damaged is refused, and all else is served; nobody gets another event.</summary>
[Trait("Suite", "Contract")]
public sealed class SqliteDamageTests(ITestOutputHelper output) : IDisposable
{
    private const int Executions = 40;
    private const int RowsOfEach = 5;
    private const int Images = 500;

    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("events = substr(events, 1, length(events) - 1) || x'00'")]
    [InlineData("events = x''")]
    [InlineData("terminal = 1")]
    [InlineData("epoch = epoch + 1")]
    [InlineData("last_history_id = last_history_id + 1")]
    [InlineData("checksum = checksum + 1")]
    [InlineData("sequence_nr = 9")]
    public async Task A_changed_row_is_refused_and_all_others_are_served(string change)
    {
        var ids = await FillAsync();
        Edit($"UPDATE journal SET {change} WHERE sequence_nr = 3 AND execution_id = {Literal(ids[0])}");

        using var store = Open(_directory.Path)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        await Assert.ThrowsAsync<DamagedException>(() => driver.LoadAsync(ids[0], fromSnapshot: false));
        await Assert.ThrowsAsync<DamagedException>(async () => await store.ReadHistoryAsync(ids[0], 1, long.MaxValue, _cancellation));
        Assert.Equal(RowsOfEach, (await driver.LoadAsync(ids[1], fromSnapshot: false))!.Rows.Count);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(ids[1], RowsOfEach, JournalDriver.Row(RowsOfEach + 1))));
    }

    [Fact]
    public async Task A_row_that_is_missing_before_others_is_told_and_an_execution_that_is_being_removed_is_not()
    {
        var ids = await FillAsync();
        Edit($"DELETE FROM journal WHERE sequence_nr = 3 AND execution_id = {Literal(ids[0])}");
        Edit($"DELETE FROM journal WHERE sequence_nr = 1 AND execution_id = {Literal(ids[1])}");
        Edit($"DELETE FROM execution WHERE id = {Literal(ids[1])}");

        using var store = Open(_directory.Path)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        await Assert.ThrowsAsync<DamagedException>(() => driver.LoadAsync(ids[0], fromSnapshot: false));
        await Assert.ThrowsAsync<DamagedException>(async () => await store.ReadHistoryAsync(ids[0], 1, long.MaxValue, _cancellation));
        Assert.Empty(await store.ReadHistoryAsync(ids[1], 1, long.MaxValue, _cancellation));
    }

    [Fact]
    public async Task A_changed_snapshot_is_left_out_and_the_rows_stand_for_it()
    {
        var ids = await FillAsync();
        Edit($"UPDATE snapshot SET bytes = bytes || x'00' WHERE execution_id = {Literal(ids[0])}");

        using var store = Open(_directory.Path)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var changed = await driver.LoadAsync(ids[0]);
        Assert.Null(changed!.Snapshot);
        Assert.Equal(RowsOfEach, changed.Rows.Count);
        Assert.NotNull((await driver.LoadAsync(ids[1]))!.Snapshot);
    }

    [Fact]
    public async Task Rows_from_before_there_were_checksums_are_served_and_none_from_after_that_has_lost_its_own()
    {
        var ids = await FillAsync();
        Edit("UPDATE journal SET checksum = NULL");
        Edit("UPDATE snapshot SET checksum = NULL");
        Edit("UPDATE meta SET value = (SELECT max(commit_nr) FROM journal) WHERE key = 'checksums_since'");

        using var store = Open(_directory.Path)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        Assert.Null((await driver.LoadAsync(ids[0]))!.Snapshot);
        await Assert.ThrowsAsync<DamagedException>(() => driver.LoadAsync(ids[^1]));
        Assert.Equal(RowsOfEach, (await driver.LoadAsync(ids[0], fromSnapshot: false))!.Rows.Count);
        Assert.NotEmpty(await store.ReadHistoryAsync(ids[0], 1, long.MaxValue, _cancellation));
    }

    /// <summary>
    /// Any bit of the file. What is told is what was written, or its beginning where the index has lost the last row, which SQLite's own
    /// check finds; or nothing is told at all.
    /// </summary>
    [Fact]
    public async Task A_bit_that_turns_anywhere_in_the_file_never_becomes_another_event()
    {
        var ids = await FillAsync();
        var written = new Dictionary<ExecutionId, IReadOnlyList<string>>();
        using (var store = Open(_directory.Path)!)
        {
            var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
            foreach (var id in ids)
                written.Add(id, Texts((await driver.LoadAsync(id, fromSnapshot: false))!.Rows));
        }

        var file = await File.ReadAllBytesAsync(Path.Combine(_directory.Path, SqliteStore.FileName), _cancellation);
        var seed = Environment.TickCount;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        var random = new Random(seed);
        var counts = new Counts();
        for (var i = 0; i < Images; i++)
        {
            using var image = new TemporaryDirectory();
            var (at, mask) = (random.Next(file.Length), (byte)(1 << random.Next(8)));
            file[at] ^= mask;
            await File.WriteAllBytesAsync(Path.Combine(image.Path, SqliteStore.FileName), file, _cancellation);
            file[at] ^= mask;
            await JudgeAsync(image.Path, at, written, counts);
        }

        output.WriteLine($"{Images} images: {counts}");
        Assert.True(counts.Refused > Images / 10, "almost no damage was found");
        Assert.True(counts.Whole > 0);
    }

    private static async Task JudgeAsync(string image, int at, Dictionary<ExecutionId, IReadOnlyList<string>> written, Counts counts)
    {
        var (refused, shorter) = (false, false);
        using (var store = Open(image))
        {
            var driver = store is null ? null : new JournalDriver(store, new long[store.ShardCount]);
            refused = store is null;
            foreach (var (id, rows) in written)
            {
                if (driver is null)
                    break;
                foreach (var fromSnapshot in new[] { false, true })
                {
                    try
                    {
                        var loaded = await driver.LoadAsync(id, fromSnapshot);
                        var skipped = (int)(loaded?.Snapshot?.SequenceNr ?? 0);
                        var told = Texts(loaded?.Rows ?? []);
                        Assert.True(told.SequenceEqual(rows.Skip(skipped).Take(told.Count)), $"the bit at {at} made another row of {id}");
                        shorter |= told.Count + skipped < rows.Count;
                    }
                    catch (DamagedException)
                    {
                        refused = true;
                    }
                }
            }
        }

        if (shorter && !refused)
            Assert.True(IsFound(image), $"the bit at {at} lost a row, and nothing tells it");

        if (refused)
            counts.Refused++;
        else if (shorter)
            counts.Shorter++;
        else
            counts.Whole++;
    }

    /// <summary>Whether a look at the file tells that something is wrong with it.</summary>
    private static bool IsFound(string image)
    {
        using var rest = SqliteAtRest.TryOpen(image, out _);
        try
        {
            return rest is null || rest.Damages().Any();
        }
        catch (DamagedException)
        {
            return true;
        }
    }

    /// <summary>Executions of several rows with a snapshot in their middle, in a store that is closed.</summary>
    private async Task<List<ExecutionId>> FillAsync()
    {
        using var store = Open(_directory.Path)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var ids = Enumerable.Range(0, Executions).Select(i => driver.Mint($"e{i}")).ToList();
        await Task.WhenAll(ids.Select((id, i) => driver.SendAsync(driver.Start(id, $"e{i}"))));
        for (var row = 2; row <= RowsOfEach; row++)
        {
            var snapshot = row == 3 ? new StoredSnapshot(row, JournalDriver.Bytes(150)) : null;
            await Task.WhenAll(ids.Select(id =>
                driver.SendAsync(driver.Next(id, row - 1, JournalDriver.Row(row, row + 1, row + 1, length: 200), snapshot: snapshot))));
        }

        return ids;
    }

    private static IReadOnlyList<string> Texts(IReadOnlyList<JournalRow> rows) => [.. rows.Select(row => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.SequenceNr} {row.FirstHistoryId} {row.LastHistoryId} {row.Terminal} {Convert.ToHexString(row.Events.Span)}"))];

    private static string Literal(ExecutionId id) => $"x'{Convert.ToHexString(id.ToByteArray())}'";

    /// <summary>The store of a directory, or null when it is refused. What breaks its writer is not what is asked here.</summary>
    private static SqliteStore? Open(string directory) =>
        SqliteStore.TryOpen(new SqliteStoreOptions { Directory = directory, FullSync = false, Broken = static _ => { } }, out _);

    private void Edit(string change)
    {
        using var session = SqliteSession.Open(Path.Combine(_directory.Path, SqliteStore.FileName), writable: true, TimeSpan.Zero);
        session.Run(change);
        Assert.True(session.Changes > 0, "the test changed nothing");
    }

    private sealed record Counts
    {
        public int Whole { get; set; }

        public int Refused { get; set; }

        public int Shorter { get; set; }
    }
}
