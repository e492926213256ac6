using System.Globalization;
using Cluster.Node.Hosting;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary><c>cluster verify</c> passes what a server wrote, and finds each thing that does not fit it.</summary>
public sealed class VerifyTests(StoppedStore store, ITestOutputHelper output) : IClassFixture<StoppedStore>
{
    private const int PageBytes = 4096;
    private const int Flips = 60;

    /// <summary>An execution that has ended, in two rows.</summary>
    private const string Ended = "(SELECT execution_id FROM journal WHERE terminal = 1 AND sequence_nr = 2 ORDER BY 1 LIMIT 1)";

    /// <summary>An execution that sleeps for long, with a snapshot.</summary>
    private const string Asleep = "(SELECT execution_id FROM snapshot ORDER BY 1 LIMIT 1)";

    [Fact]
    public void What_a_server_wrote_is_right_and_looking_changes_nothing()
    {
        var before = Directory.EnumerateFiles(store.Folder).Order().Select(path => (path, File.GetLastWriteTimeUtc(path), new FileInfo(path).Length)).ToList();
        var verification = StoreVerification.TryRun(store.Folder, out var refusal)!;
        Assert.Null(refusal);
        output.WriteLine(verification.Counts);
        Assert.Empty(verification.Problems);
        Assert.Equal(140, verification.Executions);
        Assert.DoesNotContain(" 0 snapshots", verification.Counts, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFiles(store.Folder).Order().Select(path => (path, File.GetLastWriteTimeUtc(path), new FileInfo(path).Length)));
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE sequence_nr = 1 AND execution_id = " + Ended, "has row 2 after row 0")]
    [InlineData("UPDATE journal SET sequence_nr = 3 WHERE sequence_nr = 2 AND execution_id = " + Ended, "has row 3 after row 1")]
    [InlineData("DELETE FROM journal WHERE execution_id = " + Ended, "has no row in the journal")]
    [InlineData("INSERT INTO journal SELECT NULL, execution_id, 3, last_history_id + 1, last_history_id, 0, epoch, x'', NULL FROM journal WHERE sequence_nr = 2 AND execution_id = " + Ended, "after its end")]
    [InlineData("UPDATE journal SET terminal = 0 WHERE sequence_nr = 2 AND execution_id = " + Ended, "not marked as its end")]
    [InlineData("UPDATE journal SET last_history_id = last_history_id + 1 WHERE sequence_nr = 2 AND execution_id = " + Ended, "is said to hold history")]
    [InlineData("UPDATE journal SET epoch = 1000 WHERE sequence_nr = 2 AND execution_id = " + Ended, "has epoch 1000")]
    [InlineData("UPDATE journal SET events = x'ff' WHERE sequence_nr = 2 AND execution_id = " + Ended, "cannot be read")]
    [InlineData("UPDATE journal SET events = (SELECT events FROM journal WHERE sequence_nr = 1 LIMIT 1) WHERE sequence_nr = 2 AND execution_id = " + Ended, "row 2")]
    [InlineData("UPDATE journal SET checksum = checksum + 1 WHERE sequence_nr = 2 AND execution_id = " + Ended, "row 2 is not what was written")]
    [InlineData("UPDATE journal SET checksum = NULL WHERE sequence_nr = 2 AND execution_id = " + Ended, "row 2 is not what was written")]
    [InlineData("UPDATE snapshot SET checksum = checksum + 1 WHERE execution_id = " + Asleep, "its snapshot is not what was written")]
    [InlineData("DELETE FROM execution WHERE id = " + Ended, "has no row in the table of executions")]
    [InlineData("UPDATE execution SET status = 2 WHERE id = " + Ended, "its row says Failed, and its journal folds to Succeeded")]
    [InlineData("UPDATE execution SET stop_date = stop_date + 1 WHERE id = " + Ended, "has the stop date")]
    [InlineData("UPDATE execution SET start_date = start_date + 1 WHERE id = " + Ended, "has the start date")]
    [InlineData("UPDATE execution SET input_hash = zeroblob(32) WHERE id = " + Ended, "hash of another input")]
    [InlineData("UPDATE execution SET bucket = (bucket + 1) % 4096 WHERE id = " + Ended, "another bucket")]
    [InlineData("UPDATE execution SET name_expires_at = NULL WHERE id = " + Ended, "name's time")]
    [InlineData("UPDATE execution SET wake_at = wake_at + 1 WHERE id = " + Asleep, "would be woken at")]
    [InlineData("UPDATE execution SET wake_at = NULL WHERE id = " + Asleep, "would be woken never")]
    [InlineData("UPDATE snapshot SET sequence_nr = 99 WHERE execution_id = " + Asleep, "has a snapshot of row 99")]
    [InlineData("UPDATE snapshot SET bytes = x'ff' WHERE execution_id = " + Asleep, "cannot be read")]
    [InlineData("UPDATE snapshot SET bytes = (SELECT bytes FROM snapshot ORDER BY 1 DESC LIMIT 1) WHERE execution_id = " + Asleep, "is not what the rows up to there fold to")]
    [InlineData("DELETE FROM name WHERE execution_id = " + Asleep, "does not lead to it")]
    [InlineData("UPDATE name SET execution_id = zeroblob(16) WHERE execution_id = " + Ended, "which is not there")]
    [InlineData("UPDATE name SET execution_id = " + Asleep + " WHERE execution_id = " + Ended, "which has another name")]
    [InlineData("DELETE FROM definition", "which is not there")]
    [InlineData("UPDATE definition SET text = text || ' '", "has another text than its hash says")]
    [InlineData("UPDATE definition SET text = '{}'", "runs definition")]
    [InlineData("DELETE FROM shard WHERE id = 63", "there are 63 shards")]
    public void Finds(string change, string words)
    {
        var changed = 0;
        var verification = store.VerifyAfter(session =>
        {
            session.Run(change);
            changed = session.Changes;
        });
        Assert.True(changed > 0, "the test changed nothing");
        Assert.True(verification.ProblemCount > 0);
        Assert.True(verification.Problems.Any(problem => problem.Contains(words, StringComparison.Ordinal)), string.Join('\n', verification.Problems.Take(10)));
    }

    [Theory]
    [InlineData("DELETE FROM snapshot")]
    [InlineData("UPDATE journal SET checksum = NULL; UPDATE meta SET value = '1000000' WHERE key = 'checksums_since'")]
    [InlineData("UPDATE execution SET wake_at = wake_at - 1000 WHERE wake_at > 0")]
    public void Passes_a_missing_snapshot_and_a_wake_time_that_is_early(string change)
    {
        var verification = store.VerifyAfter(session => session.Run(change));
        Assert.True(verification.ProblemCount == 0, string.Join('\n', verification.Problems.Take(10)));
    }

    [Fact]
    public void Finds_an_index_that_differs_from_its_table_and_a_file_that_is_cut()
    {
        var index = store.VerifyAfter(session =>
        {
            session.Run("PRAGMA writable_schema = ON");
            session.Run("UPDATE sqlite_master SET sql = replace(sql, 'status, id', 'status, name') WHERE name = 'execution_list'");
        });
        Assert.Contains(index.Problems, problem => problem.StartsWith("the file is damaged", StringComparison.Ordinal));

        using var copy = new TempFolder();
        var bytes = File.ReadAllBytes(Path.Combine(store.Folder, SqliteStore.FileName));
        File.WriteAllBytes(copy[SqliteStore.FileName], bytes[..(bytes.Length / 2)]);
        var cut = StoreVerification.TryRun(copy.Path, out var refusal);
        Assert.True(refusal is not null || cut!.ProblemCount > 0);
    }

    [Fact]
    public void A_file_whose_tables_were_never_committed_is_told_as_such()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["empty"]);
        File.WriteAllBytes(Path.Combine(folder["empty"], SqliteStore.FileName), []);
        Assert.Null(StoreVerification.TryRun(folder["empty"], out var refusal));
        Assert.Contains("its tables were never committed", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_bit_ends_in_words_or_is_passed_and_never_in_a_crash()
    {
        var bytes = File.ReadAllBytes(Path.Combine(store.Folder, SqliteStore.FileName));
        var seed = Environment.TickCount;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        var random = new Random(seed);
        var found = 0;
        for (var i = 0; i < Flips; i++)
        {
            using var copy = new TempFolder();
            var at = random.Next(PageBytes, bytes.Length);
            var mask = (byte)(1 << random.Next(8));
            bytes[at] ^= mask;
            File.WriteAllBytes(copy[SqliteStore.FileName], bytes);
            bytes[at] ^= mask;
            var verification = StoreVerification.TryRun(copy.Path, out var refusal);
            found += refusal is not null || verification!.ProblemCount > 0 ? 1 : 0;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found} of {Flips} flipped bits found; others lie in free space, in texts and in times that nothing repeats"));
        Assert.True(found > Flips / 6, "almost no damage was found");
    }
}
