using System.Diagnostics.Metrics;
using Cluster.Node.Database.Sqlite;
using Cluster.Node.Hosting;
using Cluster.Node.Journal;
using Cluster.Node.Journal.Sqlite;
using Cluster.Testing;
using Xunit;

namespace Cluster.Integration.Tests.Stores;

/// <summary>What a server wrote is right at each moment of the removal of its executions, as a kill would leave it.</summary>
public sealed class RetentionTests(ITestOutputHelper output)
{
    private const long Events = 6_000;

    private static readonly TimeSpan Keep = TimeSpan.FromDays(30);

    [Fact]
    public async Task A_store_is_right_after_each_step_of_a_removal_and_at_its_end()
    {
        using var folder = new TempFolder();
        await WrittenStore.WriteAsync(folder.Path, Events);
        using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = folder.Path, FullSync = false }, out _)!;
        using var meter = new Meter("test");
        var looks = 0;
        var watched = new WatchedRetention(store, () => looks += Look(folder.Path));
        var round = new RetentionRound(
            watched, new RetentionRules(Keep, []), new At(WrittenStore.Started + Keep + TimeSpan.FromDays(1)), TimeSpan.Zero, new RetentionMetrics(meter));

        var tally = (await round.RunAsync(TestContext.Current.CancellationToken))!;

        output.WriteLine($"{tally}, {looks} looks");
        Assert.Equal(0, VerificationOf(folder.Path).Executions);
        Assert.True(tally.Executions > 100 && looks >= 3, "there was hardly anything to see");
    }

    [Fact]
    public async Task What_is_left_of_a_long_journal_is_no_damage_and_goes_with_the_next_round()
    {
        using var folder = new TempFolder();
        await WrittenStore.WriteAsync(folder.Path, Events);
        using (var session = SqliteSession.Open(folder[SqliteStore.FileName], writable: true, TimeSpan.Zero))
        {
            session.Run("""
                INSERT INTO removed SELECT id FROM execution ORDER BY id LIMIT 5;
                DELETE FROM execution WHERE id IN (SELECT execution_id FROM removed);
                DELETE FROM name WHERE execution_id IN (SELECT execution_id FROM removed);
                DELETE FROM journal WHERE sequence_nr = 1 AND execution_id IN (SELECT execution_id FROM removed)
                """);
        }

        Assert.Empty(VerificationOf(folder.Path).Problems);
        using var store = SqliteStore.TryOpen(new SqliteStoreOptions { Directory = folder.Path, FullSync = false }, out _)!;
        using var meter = new Meter("test");
        var round = new RetentionRound(
            store, new RetentionRules(Keep, []), new At(WrittenStore.Started), TimeSpan.Zero, new RetentionMetrics(meter));

        var tally = (await round.RunAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal((0, 10), (tally.Executions, tally.Rows));
        Assert.Empty(VerificationOf(folder.Path).Problems);
    }

    /// <summary>Verifies a copy of the files as they are; those of a running process change only between the steps.</summary>
    private static int Look(string folder)
    {
        var verification = VerificationOf(folder);
        Assert.Empty(verification.Problems);
        return verification.Executions > 0 ? 1 : 0;
    }

    private static StoreVerification VerificationOf(string folder)
    {
        using var copy = new TempFolder();
        foreach (var suffix in new[] { string.Empty, "-wal" })
        {
            var path = Path.Combine(folder, SqliteStore.FileName + suffix);
            if (File.Exists(path))
                File.Copy(path, copy[SqliteStore.FileName + suffix]);
        }

        var verification = StoreVerification.TryRun(copy.Path, out var refusal);
        Assert.Null(refusal);
        return verification!;
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    /// <summary>A store whose steps are looked at.</summary>
    private sealed class WatchedRetention(IRetentionStore store, Action look) : IRetentionStore
    {
        public async ValueTask<IRetentionTurn?> TryBeginAsync(RetentionMoment moment, CancellationToken cancellation) =>
            new Turn((await store.TryBeginAsync(moment, cancellation))!, look);

        private sealed class Turn(IRetentionTurn turn, Action look) : IRetentionTurn
        {
            public ValueTask<MachineKey?> NextMachineAsync(MachineKey? after, CancellationToken cancellation) =>
                turn.NextMachineAsync(after, cancellation);

            public async ValueTask<RemovedExecutions> RemoveExecutionsAsync(
                MachineKey machine, long endedBefore, RetentionPlace? from, CancellationToken cancellation)
            {
                var step = await turn.RemoveExecutionsAsync(machine, endedBefore, from, cancellation);
                look();
                return step;
            }

            public async ValueTask<ReclaimedSpace> ReclaimAsync(CancellationToken cancellation)
            {
                look();
                return await turn.ReclaimAsync(cancellation);
            }

            public ValueTask<int> RemoveNamesAsync(CancellationToken cancellation) => turn.RemoveNamesAsync(cancellation);

            public ValueTask<int> RemoveDefinitionsAsync(CancellationToken cancellation) => turn.RemoveDefinitionsAsync(cancellation);

            public ValueTask<int> RemoveLogAsync(CancellationToken cancellation) => turn.RemoveLogAsync(cancellation);

            public ValueTask DisposeAsync() => turn.DisposeAsync();
        }
    }
}
