using Cluster.Node.Database.Postgres;
using Xunit;

namespace Cluster.Node.Tests.Journal;

/// <summary>Migrations: all steps or none, adding before taking away, one at a time.</summary>
[Trait("Suite", "Contract")]
public sealed class PostgresMigratorTests : IDisposable
{
    private static readonly PostgresMigration Adds = new(1, MigrationKind.Expand, "CREATE TABLE extra (x int)");
    private static readonly PostgresMigration TakesAway = new(2, MigrationKind.Contract, "DROP TABLE extra");

    private readonly PostgresDatabase _database = new(migrated: false);

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Without_tables_all_are_made_and_then_there_is_nothing_to_do()
    {
        Assert.EndsWith("from format version 0 to 1", Run([.. PostgresMigration.Steps]), StringComparison.Ordinal);
        Assert.EndsWith("has format version 1; nothing to do", Run([.. PostgresMigration.Steps]), StringComparison.Ordinal);

        Assert.Equal("64", _database.Query("SELECT count(*) FROM shard WHERE epoch = 0"));
        _database.Open().Dispose();
    }

    [Fact]
    public void A_step_that_takes_away_is_made_only_on_request_and_not_while_an_older_node_is_there()
    {
        PostgresMigration[] steps = [.. PostgresMigration.Steps, Adds, TakesAway];
        Run([.. PostgresMigration.Steps]);
        _database.Query("INSERT INTO node VALUES (1, 'old-node', 1, now(), 'infinity')");

        Assert.EndsWith("from format version 1 to 2", Run(steps), StringComparison.Ordinal);
        Assert.Equal(("2", "1"), Versions());
        Assert.EndsWith("has format version 2; nothing to do", Run(steps), StringComparison.Ordinal);
        Assert.Null(PostgresMigrator.TryRun(_database.Address, contract: true, steps, out var refusal));
        Assert.Contains("old-node runs an older build", refusal, StringComparison.Ordinal);
        _database.Query("UPDATE node SET expires_at = now() - interval '1 second'");
        Assert.NotNull(PostgresMigrator.TryRun(_database.Address, contract: true, steps, out refusal));
        Assert.Equal(("3", "3"), Versions());
    }

    [Fact]
    public void Steps_are_made_all_or_none()
    {
        Run([.. PostgresMigration.Steps]);
        PostgresMigration[] steps = [.. PostgresMigration.Steps, Adds, new(2, MigrationKind.Expand, "INSERT INTO missing VALUES (1)")];

        Assert.Null(PostgresMigrator.TryRun(_database.Address, contract: false, steps, out var refusal));

        Assert.Contains("was not migrated", refusal, StringComparison.Ordinal);
        Assert.Equal(("1", "1"), Versions());
        Assert.Equal("t", _database.Query("SELECT to_regclass('extra') IS NULL"));
    }

    [Fact]
    public void Tables_newer_than_the_build_are_left_alone()
    {
        Run([.. PostgresMigration.Steps, Adds]);

        Assert.Null(PostgresMigrator.TryRun(_database.Address, contract: false, out var refusal));

        Assert.Contains("use a newer build of Cluster", refusal, StringComparison.Ordinal);
        Assert.Equal(("2", "1"), Versions());
    }

    [Fact]
    public async Task Several_at_once_make_the_tables_once()
    {
        var done = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Run([.. PostgresMigration.Steps]))));

        Assert.Single(done, text => text.EndsWith("to 1", StringComparison.Ordinal));
        Assert.Equal(3, done.Count(text => text.EndsWith("nothing to do", StringComparison.Ordinal)));
    }

    private string Run(PostgresMigration[] steps)
    {
        var done = PostgresMigrator.TryRun(_database.Address, contract: false, steps, out var refusal);
        Assert.Null(refusal);
        return done!;
    }

    private (string Version, string OldestBuild) Versions() => (
        _database.Query($"SELECT value FROM meta WHERE key = '{PostgresFormat.VersionKey}'"),
        _database.Query($"SELECT value FROM meta WHERE key = '{PostgresFormat.OldestBuildKey}'"));
}
