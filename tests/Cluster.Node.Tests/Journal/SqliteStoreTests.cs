using System.Globalization;
using Cluster.Node.Database;
using Cluster.Node.Database.Sqlite;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>What only a store in a file does: it is opened, closed, killed, and refused.</summary>
public sealed class SqliteStoreTests : IDisposable
{
    /// <summary>Takes away what the fifth and the sixth format have added.</summary>
    private const string UndoRetentionAndChecksums = """
        ALTER TABLE journal DROP COLUMN checksum; ALTER TABLE snapshot DROP COLUMN checksum; DELETE FROM meta WHERE key = 'checksums_since';
        DROP TABLE removed; DROP INDEX name_expiry;
        ALTER TABLE name DROP COLUMN status; ALTER TABLE name DROP COLUMN start_date; ALTER TABLE name DROP COLUMN stop_date;
        ALTER TABLE name DROP COLUMN expires_at; ALTER TABLE definition DROP COLUMN judge_at
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_a_reopening_and_the_epochs_go_on()
    {
        string clusterId;
        IReadOnlyList<long> epochs;
        using (var store = Open())
        {
            clusterId = store.ClusterId;
            epochs = await store.AcquireShardsAsync(CancellationToken.None);
            var driver = new JournalDriver(store, epochs);
            await driver.SendAsync(driver.Start(driver.Mint("a"), "a"));
        }

        using var again = Open();
        Assert.Equal(clusterId, again.ClusterId);
        Assert.Equal(epochs.Select(epoch => epoch + 1), await again.AcquireShardsAsync(CancellationToken.None));
        Assert.NotNull(await FindAsync(again, "a"));
    }

    [Fact]
    public async Task Closing_answers_what_was_queued_and_leaves_no_log_behind()
    {
        var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var answers = Enumerable.Range(0, 3_000).Select(i => driver.SendAsync(driver.Start(driver.Mint($"e{i}"), $"e{i}"))).ToList();

        store.Dispose();

        Assert.All(await Task.WhenAll(answers), outcome => Assert.Equal(AppendOutcomeKind.Appended, outcome.Kind));
        Assert.False(File.Exists(Path.Combine(_directory.Path, SqliteStore.FileName + "-wal")));
        var late = driver.Mint("late");
        Assert.Equal(AppendOutcomeKind.Unavailable, await driver.KindAsync(driver.Start(late, "late")));
        Assert.Equal(AppendOutcomeKind.Unknown, await driver.KindAsync(driver.Next(late, 1, JournalDriver.Row(2))));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await FindAsync(store, "e0"));
    }

    [Fact]
    public async Task Whoever_is_told_of_a_commit_cannot_close_the_store_right_there()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var reply = new ClosingReply(store);
        store.Append(driver.Start(driver.Mint("a"), "a") with { Reply = reply });
        Assert.IsType<InvalidOperationException>(await reply.Told);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Start(driver.Mint("b"), "b")));
    }

    [Fact]
    public async Task Everything_acknowledged_is_in_the_files_as_a_kill_would_leave_them()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var ids = Enumerable.Range(0, 500).Select(i => (Id: driver.Mint($"e{i}"), Name: $"e{i}")).ToList();
        await Task.WhenAll(ids.ConvertAll(e => driver.SendAsync(driver.Start(e.Id, e.Name))));
        await Task.WhenAll(ids.ConvertAll(e => driver.SendAsync(driver.Next(e.Id, 1, JournalDriver.Row(2, 3, 4, length: 700)))));

        using var copy = new TemporaryDirectory();
        foreach (var suffix in new[] { string.Empty, "-wal" })
        {
            var name = SqliteStore.FileName + suffix;
            File.Copy(Path.Combine(_directory.Path, name), Path.Combine(copy.Path, name));
        }

        using var after = SqliteStore.TryOpen(copy.Options, out var refusal);
        Assert.Null(refusal);
        var reader = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(after!));
        foreach (var (id, _) in ids)
            Assert.Equal([1L, 2], (await reader.LoadAsync(id))!.Rows.Select(row => row.SequenceNr));
    }

    [Fact]
    public void A_second_opening_is_refused_with_the_process_that_has_the_directory()
    {
        using (Open())
        {
            Assert.Null(SqliteStore.TryOpen(_directory.Options, out var refusal));
            Assert.Equal(
                string.Create(CultureInfo.InvariantCulture, $"data directory {_directory.Path} is in use by process {Environment.ProcessId}"),
                refusal);
        }

        Open().Dispose();
    }

    [Theory]
    [InlineData(SqliteFormat.VersionKey, "99", "has format version 99, this build knows versions up to ")]
    [InlineData(SqliteFormat.VersionKey, "0", "has format version 0, which this build cannot migrate")]
    [InlineData(SqliteFormat.ShardCountKey, "32", "has shard count 32, this build 64")]
    [InlineData(SqliteFormat.BucketCountKey, "8192", "has bucket count 8192, this build 4096")]
    public void A_store_of_another_shape_is_refused_and_left_alone(string key, string value, string reason)
    {
        Open().Dispose();
        Edit(session => session.Prepared("UPDATE meta SET value = ?2 WHERE key = ?1").Bind(1, key).Bind(2, value).Run());
        var before = File.ReadAllBytes(DatabasePath);

        Assert.Null(SqliteStore.TryOpen(_directory.Options, out var refusal));

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(DatabasePath));
    }

    [Fact]
    public void A_file_of_another_program_is_refused()
    {
        Edit(session => session.Run("CREATE TABLE theirs (x)"));

        Assert.Null(SqliteStore.TryOpen(_directory.Options, out var refusal));
        Assert.Contains("is not a store of Cluster", refusal, StringComparison.Ordinal);

        File.WriteAllText(DatabasePath, new string('x', 5_000));
        Assert.Null(SqliteStore.TryOpen(_directory.Options, out refusal));
        Assert.Contains("cannot be opened", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_mode_changed_by_another_program_is_refused()
    {
        Open().Dispose();
        Edit(session => session.Run("PRAGMA journal_mode = DELETE"));

        Assert.Null(SqliteStore.TryOpen(_directory.Options, out var refusal));
        Assert.Contains("has journal_mode delete where a store has wal", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_migration_makes_all_steps_or_none_and_leaves_a_copy()
    {
        Open().Dispose();
        const int Now = SqliteFormat.Version;
        SqliteMigration[] good = [new(Now, "CREATE TABLE extra (x)"), new(Now + 1, "INSERT INTO extra VALUES (5)")];
        SqliteMigration[] bad = [new(Now, "CREATE TABLE extra (x)"), new(Now + 1, "INSERT INTO missing VALUES (5)")];

        Edit(session => Assert.Throws<SqliteFailureException>(() => SqliteMigration.Run(session, DatabasePath, Now, bad)));
        Edit(session => Assert.Equal(Text(Now), SqliteFormat.Get(session, SqliteFormat.VersionKey)));
        Edit(session => SqliteMigration.Run(session, DatabasePath, Now, good));

        Edit(session => Assert.Equal(Text(Now + 2), SqliteFormat.Get(session, SqliteFormat.VersionKey)));
        Edit(session => Assert.Equal(5, session.ReadNumber("SELECT x FROM extra")));
        using var copy = SqliteSession.Open(DatabasePath + ".v" + Text(Now), writable: false, TimeSpan.Zero);
        Assert.Equal(Text(Now), SqliteFormat.Get(copy, SqliteFormat.VersionKey));

        static string Text(int version) => version.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_filled_store_of_the_first_format_gets_the_tables_since_and_keeps_the_rest()
    {
        ExecutionId id;
        using (var store = Open())
        {
            var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
            id = driver.Mint("a");
            await driver.SendAsync(driver.Start(id, "a"));
        }

        Edit(session =>
        {
            session.Run("""
                DROP TABLE suspect; DROP TABLE pending_task; DROP TABLE activity; ALTER TABLE state_machine DROP COLUMN tags;
                """);
            session.Run(UndoRetentionAndChecksums);
            SqliteFormat.SetVersion(session, 1);
        });

        using var again = Open();
        await again.BookAsync([id], incarnation: 1, at: 1_000, CancellationToken.None);
        Assert.Equal(1, await again.ReleaseAsync(id, CancellationToken.None));
        Assert.NotNull(await FindAsync(again, "a"));
        Assert.True(File.Exists(DatabasePath + ".v1"));
        var next = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(again));
        var task = JournalDriver.Task(id, scheduledAt: 5);
        Assert.Equal(AppendOutcomeKind.Appended, await next.KindAsync(next.Next(id, 1, JournalDriver.Row(2)) with { Offered = [task] }));
        Assert.Equal([task], await JournalDriver.PendingAsync(again));
    }

    [Fact]
    public async Task A_store_of_the_third_format_gets_activities_and_tags_and_keeps_its_machines()
    {
        Open().Dispose();
        Edit(session =>
        {
            session.Run("DROP TABLE activity; ALTER TABLE state_machine DROP COLUMN tags");
            session.Run(UndoRetentionAndChecksums);
            session.Run("INSERT INTO state_machine VALUES ('1', 'r', 'm', 'STANDARD', 'role', x'', 5, 5, NULL, NULL, 0, 1)");
            SqliteFormat.SetVersion(session, 3);
        });

        using var again = StoreUnderTest.Sqlite(_directory);
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Equal("role", (await again.StateMachines.FindAsync("1", "r", "m", cancellation))!.RoleArn);
        Assert.True(await again.StateMachines.ReplaceTagsAsync("1", "r", "m", "{}", """{"k":"v"}""", cancellation));
        Assert.Empty(await again.Activities.ListAsync("1", "r", after: null, 10, cancellation));
        Assert.True(File.Exists(DatabasePath + ".v3"));
    }

    [Fact]
    public async Task The_log_stays_bounded_while_much_is_written()
    {
        using var store = Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var id = driver.Mint("a");
        await driver.SendAsync(driver.Start(id, "a"));
        const int Row = 1024 * 1024;
        const int Rows = 100;
        for (var last = 1; last <= Rows; last++)
            await driver.SendAsync(driver.Next(id, last, JournalDriver.Row(last + 1, length: Row)));

        var log = new FileInfo(DatabasePath + "-wal").Length;
        Assert.InRange(log, 1, 3L * SqliteCheckpoints.FramesBetween * 4096);
        Assert.True(store.Statistics.Checkpoints >= Rows * Row / 4096 / SqliteCheckpoints.FramesBetween / 2);
    }

    [Fact]
    public async Task A_write_that_cannot_be_cured_stops_the_store_and_leaves_nobody_waiting()
    {
        var broken = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var store = SqliteStore.TryOpen(_directory.Options with { Broken = broken.SetResult }, out _)!;
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Sqlite(store));
        var write = new SqliteTask<int>(_ => throw new InvalidOperationException("bug"), bytes: 0);

        store.Writer.Enqueue(write);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => write.Task);
        Assert.Equal("bug", (await broken.Task).Message);
        Assert.Equal(AppendOutcomeKind.Unavailable, await driver.KindAsync(driver.Start(driver.Mint("a"), "a")));
    }

    private string DatabasePath => Path.Combine(_directory.Path, SqliteStore.FileName);

    private SqliteStore Open()
    {
        var store = SqliteStore.TryOpen(_directory.Options, out var refusal);
        Assert.Null(refusal);
        return store!;
    }

    private void Edit(Action<SqliteSession> edit)
    {
        using var session = SqliteSession.Open(DatabasePath, writable: true, TimeSpan.Zero);
        edit(session);
        session.Undo();
    }

    private static ValueTask<ExecutionRow?> FindAsync(SqliteStore store, string name) => store.FindAsync(
        JournalDriver.Account, JournalDriver.Region, JournalDriver.Machine, name, CancellationToken.None);
}
