using System.Diagnostics;
using System.Globalization;
using Cluster.Node.Database.Postgres;
using Cluster.Node.Journal;
using Cluster.Protocol.Identity;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>Migrations: all steps or none, adding before taking away, one at a time.</summary>
[Trait("Suite", "Contract")]
public sealed class PostgresMigratorTests : IDisposable
{
    private const int Newest = PostgresMigration.Newest;

    private static readonly PostgresMigration Adds = new(Newest, MigrationKind.Expand, "CREATE TABLE extra (x int)");
    private static readonly PostgresMigration TakesAway = new(Newest + 1, MigrationKind.Contract, "DROP TABLE extra");

    private readonly PostgresDatabase _database = new(migrated: false);
    private readonly Stopwatch _patience = Stopwatch.StartNew();

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Without_tables_all_are_made_and_then_there_is_nothing_to_do()
    {
        Assert.EndsWith($"from format version 0 to {Newest}", Run([.. PostgresMigration.Steps]), StringComparison.Ordinal);
        Assert.EndsWith($"has format version {Newest}; nothing to do", Run([.. PostgresMigration.Steps]), StringComparison.Ordinal);

        Assert.Equal("64", _database.Query("SELECT count(*) FROM shard WHERE epoch = 0"));
        _database.Open().Dispose();
    }

    [Fact]
    public void A_step_that_takes_away_is_made_only_on_request_and_not_while_an_older_node_is_there()
    {
        PostgresMigration[] steps = [.. PostgresMigration.Steps, Adds, TakesAway];
        Run([.. PostgresMigration.Steps]);
        _database.Query($"INSERT INTO node VALUES (1, 'old-node', {Newest}, now(), 'infinity')");

        Assert.EndsWith($"from format version {Newest} to {Newest + 1}", Run(steps), StringComparison.Ordinal);
        Assert.Equal((Newest + 1, 1), Versions());
        Assert.EndsWith($"has format version {Newest + 1}; nothing to do", Run(steps), StringComparison.Ordinal);
        Assert.Null(PostgresMigrator.TryRun(_database.Address, contract: true, steps, out var refusal));
        Assert.Contains("old-node runs an older build", refusal, StringComparison.Ordinal);
        _database.Query("UPDATE node SET expires_at = now() - interval '1 second'");
        Assert.NotNull(PostgresMigrator.TryRun(_database.Address, contract: true, steps, out refusal));
        Assert.Equal((Newest + 2, Newest + 2), Versions());
    }

    [Fact]
    public void Steps_are_made_all_or_none()
    {
        Run([.. PostgresMigration.Steps]);
        PostgresMigration[] steps = [.. PostgresMigration.Steps, Adds, new(Newest + 1, MigrationKind.Expand, "INSERT INTO missing VALUES (1)")];

        Assert.Null(PostgresMigrator.TryRun(_database.Address, contract: false, steps, out var refusal));

        Assert.Contains("was not migrated", refusal, StringComparison.Ordinal);
        Assert.Equal((Newest, 1), Versions());
        Assert.Equal("t", _database.Query("SELECT to_regclass('extra') IS NULL"));
    }

    [Fact]
    public void Tables_newer_than_the_build_are_left_alone()
    {
        Run([.. PostgresMigration.Steps, Adds]);

        Assert.Null(PostgresMigrator.TryRun(_database.Address, contract: false, out var refusal));

        Assert.Contains("use a newer build of Cluster", refusal, StringComparison.Ordinal);
        Assert.Equal((Newest + 1, 1), Versions());
    }

    [Fact]
    public async Task Several_at_once_make_the_tables_once()
    {
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run([.. PostgresMigration.Steps]))));

        Assert.Single(done, text => text.EndsWith($"to {Newest}", StringComparison.Ordinal));
        Assert.Equal(3, done.Count(text => text.EndsWith("nothing to do", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_filled_database_of_version_1_is_brought_to_the_newest_and_keeps_all_that_it_has()
    {
        Run([PostgresMigration.Steps[0]]);
        _database.Query("""
            INSERT INTO node VALUES (77, 'ended-node', 1, now(), 'infinity');
            UPDATE shard SET epoch = 3, incarnation = 77 WHERE id < 3;
            INSERT INTO ledger VALUES (77, 0, 5, '{0}');
            INSERT INTO execution VALUES ('00000000-0000-0000-0000-000000000001', 'a', 'r', 'm', 'n', 0, 0, 1, NULL, 0, NULL, '', '');
            INSERT INTO journal SELECT '00000000-0000-0000-0000-000000000001', i, i, i, 3, 77, DEFAULT, 1, false, '' FROM generate_series(1, 100) i
            """.Replace("DEFAULT", "nextval('journal_commit')", StringComparison.Ordinal));

        Assert.EndsWith($"from format version 1 to {Newest}", Run([.. PostgresMigration.Steps]), StringComparison.Ordinal);

        Assert.Equal((Newest, 1), Versions());
        Assert.Equal("0|3|77\n1|3|77\n2|3|77", _database.Query("SELECT shard, epoch, incarnation FROM shard_log ORDER BY id"));
        Assert.Equal("100", _database.Query("SELECT count(*) FROM journal WHERE commit_nr < (SELECT min(id) FROM shard_log)"));
        using var store = _database.Open();
        var node = PostgresRegisterUnderTest.Node(_database, store);
        var view = await node.RenewAsync();
        Assert.Equal(("ended-node", "", false, false), (view.Nodes[0].Node.Name, view.Nodes[0].Node.Address, view.Nodes[0].Node.IsLeaving, view.Nodes[0].IsPresent));
        Assert.Equal(3, (await node.TakeAsync(view.Shards.Take(3), absent: [77])).Count);
    }

    [Fact]
    public async Task A_filled_database_of_version_2_gets_the_table_of_waiting_tasks_and_keeps_its_executions_open_to_appends()
    {
        Run([.. PostgresMigration.Steps.Take(2)]);
        _database.Query("""
            INSERT INTO execution VALUES ('00000000-0000-0000-0000-000000000001', 'a', 'r', 'm', 'n', 0, 0, 1, NULL, 0, NULL, '', '');
            INSERT INTO journal SELECT '00000000-0000-0000-0000-000000000001', i, i, i, 0, 77, nextval('journal_commit'), 1, false, '' FROM generate_series(1, 100) i
            """);

        Run([.. PostgresMigration.Steps]);

        Assert.Equal((Newest, 1), Versions());
        using var store = _database.Open();
        var driver = await JournalDriver.AcquireAsync(StoreUnderTest.Postgres(store));
        var id = new ExecutionId(0, 1);
        var task = JournalDriver.Task(id, 5);
        Assert.Equal(AppendOutcomeKind.Appended, await driver.KindAsync(driver.Next(id, 100, JournalDriver.Row(101)) with { Offered = [task] }));
        Assert.Equal([task], await JournalDriver.PendingAsync(store));
        Assert.Equal(101, (await driver.LoadAsync(id))!.Rows.Count);
    }

    [Fact]
    public async Task A_node_of_version_1_goes_on_after_the_step_and_is_present_while_it_writes()
    {
        Run([PostgresMigration.Steps[0]]);
        using var old = _database.Address.Single("cluster writer 000000000000004d");
        var writer = old.OpenConnection();
        writer.Run("SELECT pg_advisory_lock(77)");
        Run([.. PostgresMigration.Steps]);
        writer.Run("""
            INSERT INTO node (incarnation, name, format, started_at, expires_at) VALUES (77, 'old-node', 1, clock_timestamp(), 'infinity');
            UPDATE shard SET epoch = epoch + 1, incarnation = 77
            """);
        using var store = _database.Open();
        var node = PostgresRegisterUnderTest.Node(_database, store);

        var view = await node.RenewAsync();

        Assert.Equal([true, true], view.Nodes.Select(standing => standing.IsPresent));
        Assert.Equal(TimeSpan.FromDays(1), view.Nodes[0].Remaining);
        Assert.Empty(await node.TakeAsync(view.Shards, absent: [77]));
        Assert.Null(PostgresMigrator.TryRun(_database.Address, contract: true, [.. PostgresMigration.Steps, Adds, TakesAway], out var refusal));
        Assert.Contains("old-node runs an older build", refusal, StringComparison.Ordinal);
        writer.Dispose();
        while ((await node.RenewAsync()).Nodes[0].IsPresent)
            Assert.True(_patience.Elapsed < TimeSpan.FromSeconds(30), "an old node that has ended stays present");
        Assert.Equal(view.Shards.Count, (await node.TakeAsync(view.Shards, absent: [77])).Count);
    }

    [Fact]
    public async Task A_filled_database_of_version_3_gets_activities_and_tags_and_a_node_of_version_3_goes_on()
    {
        Run([.. PostgresMigration.Steps.Take(3)]);
        const string insert = """
            INSERT INTO state_machine (account, region, name, type, role_arn, definition_hash, creation_date, update_date, tracing, version)
                VALUES ('1', 'r', '{0}', 'STANDARD', 'role', '', 5, 5, false, 1)
            """;
        _database.Query(insert.Replace("{0}", "before", StringComparison.Ordinal));

        Assert.EndsWith($"from format version 3 to {Newest}", Run([.. PostgresMigration.Steps]), StringComparison.Ordinal);

        Assert.Equal((Newest, 1), Versions());
        _database.Query(insert.Replace("{0}", "after", StringComparison.Ordinal));
        using var store = StoreUnderTest.Postgres(_database);
        var cancellation = TestContext.Current.CancellationToken;
        foreach (var name in (string[])["before", "after"])
            Assert.True(await store.StateMachines.ReplaceTagsAsync("1", "r", name, "{}", """{"k":"v"}""", cancellation));
        _database.Query("UPDATE state_machine SET role_arn = 'other', version = version + 1");
        Assert.Equal("""{"k":"v"}""", await store.StateMachines.ReadTagsAsync("1", "r", "before", cancellation));
        Assert.Empty(await store.Activities.ListAsync("1", "r", after: null, 10, cancellation));
    }

    private string Run(PostgresMigration[] steps)
    {
        var done = PostgresMigrator.TryRun(_database.Address, contract: false, steps, out var refusal);
        Assert.Null(refusal);
        return done!;
    }

    private (int Version, int OldestBuild) Versions() => (
        NumberOf(PostgresFormat.VersionKey), NumberOf(PostgresFormat.OldestBuildKey));

    private int NumberOf(string key) =>
        int.Parse(_database.Query($"SELECT value FROM meta WHERE key = '{key}'"), CultureInfo.InvariantCulture);
}
