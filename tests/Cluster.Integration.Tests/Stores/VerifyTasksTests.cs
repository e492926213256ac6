using System.Globalization;
using Cluster.Node.Database.Sqlite;
using Cluster.Node.Hosting;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary><c>cluster verify</c> holds the tasks that wait for workers against the journals of their executions.</summary>
public sealed class VerifyTasksTests : IAsyncLifetime
{
    /// <summary>An execution that has ended, and one that waits in its last state, with one task.</summary>
    private const string Ended = "(SELECT id FROM execution WHERE name = 'given-3')";
    private const string Last = "execution_id = (SELECT id FROM execution WHERE name = 'given-2')";
    private const string Columns = "account, region, activity, scheduled_at + 1, execution_id, scope, visit, attempt";

    private readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync() => await WaitingStore.WriteAsync(_folder["data"], _folder["backup"]);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("data")]
    [InlineData("backup")]
    public void What_waits_is_right_in_a_store_and_in_its_backup(string which)
    {
        var verification = StoreVerification.TryRun(_folder[which], out var refusal)!;
        Assert.Null(refusal);
        Assert.Empty(verification.Problems);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $", {WaitingStore.Waiting} waiting tasks, "), verification.Counts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE FROM pending_task WHERE " + Last, "waits for a worker of arn:aws:states:us-east-1:123456789012:activity:packing, and is not stored as waiting")]
    [InlineData("UPDATE pending_task SET attempt = 1 WHERE " + Last, "attempt 1 is stored as waiting for a worker of packing, and does not wait")]
    [InlineData("UPDATE pending_task SET visit = 1 WHERE " + Last, "and is not stored as waiting")]
    [InlineData("UPDATE pending_task SET scope = '/1.0.0' WHERE " + Last, "of scope '/1.0.0', visit 2, attempt 0 is stored as waiting")]
    [InlineData("UPDATE pending_task SET scheduled_at = scheduled_at + 1 WHERE " + Last, "is stored under the activity packing since")]
    [InlineData("UPDATE pending_task SET activity = 'weighing' WHERE " + Last, "is stored under the activity weighing since")]
    [InlineData("UPDATE pending_task SET region = 'eu-west-1' WHERE " + Last, "is stored under the activity packing since")]
    [InlineData("UPDATE pending_task SET account = '1' WHERE " + Last, "is stored under the activity packing since")]
    [InlineData("INSERT INTO pending_task SELECT " + Columns + " FROM pending_task WHERE " + Last, "is stored as waiting more than once")]
    [InlineData("INSERT INTO pending_task VALUES ('123456789012', 'us-east-1', 'packing', 1, " + Ended + ", '', 2, 0)", "and does not wait")]
    [InlineData("INSERT INTO pending_task VALUES ('123456789012', 'us-east-1', 'packing', 1, zeroblob(16), '', 2, 0)", "has no row in the table of executions")]
    public void Finds(string change, string words)
    {
        var changed = 0;
        using (var session = SqliteSession.Open(Path.Combine(_folder["data"], SqliteStore.FileName), writable: true, TimeSpan.Zero))
        {
            session.Run(change);
            changed = session.Changes;
            session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var verification = StoreVerification.TryRun(_folder["data"], out var refusal)!;

        Assert.Null(refusal);
        Assert.Equal(1, changed);
        Assert.True(verification.Problems.Any(problem => problem.Contains(words, StringComparison.Ordinal)), string.Join('\n', verification.Problems));
    }

    /// <summary>A file of a format without that table is looked at as it is.</summary>
    [Fact]
    public void A_store_of_a_format_before_them_is_verified_too()
    {
        using (var session = SqliteSession.Open(Path.Combine(_folder["data"], SqliteStore.FileName), writable: true, TimeSpan.Zero))
        {
            session.Run("DROP TABLE pending_task; ALTER TABLE journal DROP COLUMN checksum; ALTER TABLE snapshot DROP COLUMN checksum");
            SqliteFormat.SetVersion(session, 2);
            session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        var verification = StoreVerification.TryRun(_folder["data"], out _)!;

        Assert.Contains(", 0 waiting tasks, ", verification.Counts, StringComparison.Ordinal);
        Assert.NotEmpty(verification.Problems);
        Assert.All(verification.Problems, problem => Assert.EndsWith("and is not stored as waiting", problem, StringComparison.Ordinal));
    }
}
